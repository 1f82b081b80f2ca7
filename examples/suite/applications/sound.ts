#!/usr/bin/env node
/** Nordlicht Sound: writes a second of a tone as WAV. `sound <file> [hertz]` */
import { writeFile } from 'node:fs/promises';
import { started } from './started.ts';

started('sound');

const RATE = 44_100;
const [, , file, hertz = '440'] = process.argv;
if (file === undefined) process.stdout.write('sound <file.wav> [hertz]\n');
else {
  const samples = Buffer.alloc(RATE * 2);
  for (let n = 0; n < RATE; n++) {
    samples.writeInt16LE(Math.round(20_000 * Math.sin((2 * Math.PI * Number(hertz) * n) / RATE)), n * 2);
  }
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + samples.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(RATE, 24);
  head.writeUInt32LE(RATE * 2, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(samples.length, 40);
  await writeFile(file, Buffer.concat([head, samples]));
  process.stdout.write(`${file}: one second of ${hertz} Hz\n`);
}
