/** Of the map with the line under it, so that nothing jumps when it comes. Apart from the map, which is large. */
export const WORLD_RATIO = '640 / 345';
