/** Where things stand in the graph, in pixels. */
import { scaleLinear } from 'd3-scale';

export interface Room {
  width: number;
  height: number;
}

const LEFT = 46;
const RIGHT = 10;
const TOP = 14;
const BOTTOM = 26;
const PIXELS_PER_TICK = 58;

export interface Scales {
  left: number;
  right: number;
  top: number;
  bottom: number;
  step: number;
  x(index: number): number;
  y(value: number): number;
  ticks: number[];
  /** The point nearest to so many pixels from the left. */
  indexAt(x: number): number;
}

/** A zero line always; whole numbers as ticks where only whole numbers can be. */
export function scalesOf({ width, height }: Room, points: number, highest: number, whole: boolean): Scales {
  const [left, right, top, bottom] = [LEFT, Math.max(LEFT + 1, width - RIGHT), TOP, height - BOTTOM];
  const count = Math.max(2, Math.floor((bottom - top) / PIXELS_PER_TICK));
  const vertical = scaleLinear([0, highest], [bottom, top]).nice(count);
  const step = points > 1 ? (right - left) / (points - 1) : right - left;
  const x = (index: number) => (points > 1 ? left + index * step : (left + right) / 2);
  return {
    left,
    right,
    top,
    bottom,
    step,
    x,
    y: (value) => vertical(value),
    ticks: vertical.ticks(count).filter((tick) => !whole || Number.isInteger(tick)),
    indexAt: (pixels) => Math.max(0, Math.min(points - 1, points > 1 ? Math.round((pixels - left) / step) : 0)),
  };
}

/** Every so many points one label, so that none touches the next. */
export function labelledIndexes(points: number, { left, right }: Scales, labelPixels: number): number[] {
  const most = Math.max(1, Math.floor((right - left) / labelPixels));
  const every = Math.max(1, Math.ceil(points / most));
  return Array.from({ length: Math.ceil(points / every) }, (_, index) => index * every);
}
