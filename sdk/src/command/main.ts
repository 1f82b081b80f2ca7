#!/usr/bin/env node
import { runAvowSuite } from './avow-suite.ts';

process.exitCode = await runAvowSuite(process.argv.slice(2), process.env);
