/**
 * The shape of each condition and finding, the same in list, map and page, so that nobody needs the colour to tell them apart.
 *
 * The paths are those of `vestige.publishing._marks` (a test compares them): conditions in a box of 16 × 16, findings of 20 × 16.
 */

export const CONDITION_PATHS: Readonly<Record<string, string>> = {
  "Good": "M8 2a6 6 0 1 1 0 12A6 6 0 1 1 8 2z",
  "Fair": "M8 2a6 6 0 1 1 0 12A6 6 0 1 1 8 2zm0 2v8a4 4 0 1 0 0-8z",
  "Poor": "M8 2 15 14H1z",
  "Very Bad": "M8 1 15 8 8 15 1 8z",
  "Destroyed": "M2 2h12v12H2zm3 1.6L3.6 5 6.6 8l-3 3L5 12.4l3-3 3 3 1.4-1.4-3-3 3-3L11 3.6l-3 3z",
  "Unknown": "M8 2a6 6 0 1 1 0 12A6 6 0 1 1 8 2zm0 2a4 4 0 1 0 0 8 4 4 0 1 0 0-8zm0 2.300a1.700 1.700 0 1 1 0 3.400 1.700 1.700 0 1 1 0-3.400z",
};

export const FINDING_PATHS: Readonly<Record<string, string>> = {
  "contested": "M1 8l6-5v10zm18 0-6-5v10z",
  "none": "M10 2a6 6 0 1 1 0 12A6 6 0 1 1 10 2zm0 1.500a4.500 4.500 0 1 0 0 9 4.500 4.500 0 1 0 0-9z",
};

const SVG = "http://www.w3.org/2000/svg";

/** The path of a state (a condition, or `contested` or `none`) and the width of the box that it is drawn in. */
export function pathOf(state: string): { path: string; width: number } {
  const finding = FINDING_PATHS[state];
  return finding ? { path: finding, width: 20 } : { path: CONDITION_PATHS[state] ?? CONDITION_PATHS.Unknown, width: 16 };
}

/** The shape of a state as a picture beside its name. */
export function shapeOf(state: string): SVGSVGElement {
  const { path, width } = pathOf(state);
  const picture = document.createElementNS(SVG, "svg");
  const kind = width === 20 ? `f-${state}` : `c-${state.toLowerCase().replaceAll(" ", "-")}`;
  picture.setAttribute("class", `shape ${kind}`);
  picture.setAttribute("viewBox", `0 0 ${width} 16`);
  picture.setAttribute("aria-hidden", "true");
  const drawn = document.createElementNS(SVG, "path");
  drawn.setAttribute("d", path);
  picture.append(drawn);
  return picture;
}
