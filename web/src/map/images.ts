/**
 * The map's pictures, drawn with the browser's own fonts: markers, counts and country names.
 *
 * A glyph server would be a request for each range of letters, and would not join Arabic letters; a canvas does both well.
 */

import type { Palette } from "./palette.ts";

const RATIO = 2;
const MARK = 18;

export interface Drawn {
  readonly image: ImageData;
  readonly pixelRatio: number;
}

function canvas(width: number, height: number): CanvasRenderingContext2D {
  const made = document.createElement("canvas");
  made.width = Math.ceil(width * RATIO);
  made.height = Math.ceil(height * RATIO);
  const context = made.getContext("2d", { willReadFrequently: true }) as CanvasRenderingContext2D;
  context.scale(RATIO, RATIO);
  return context;
}

const finish = (context: CanvasRenderingContext2D): Drawn => ({
  image: context.getImageData(0, 0, context.canvas.width, context.canvas.height),
  pixelRatio: RATIO,
});

/** Corners of a regular polygon, the first one up. */
const corners = (count: number, radius: number, turn = 0): [number, number][] =>
  Array.from({ length: count }, (_, i) => {
    const angle = -Math.PI / 2 + turn + (2 * Math.PI * i) / count;
    return [MARK / 2 + radius * Math.cos(angle), MARK / 2 + radius * Math.sin(angle)];
  });

function polygon(path: Path2D, points: readonly (readonly [number, number])[]): void {
  points.forEach(([x, y], i) => (i ? path.lineTo(x, y) : path.moveTo(x, y)));
  path.closePath();
}

/** Each state has a shape of its own, so that nothing rests on colour alone. */
const SHAPES: Readonly<Record<string, (path: Path2D) => void>> = {
  Good: (path) => path.arc(MARK / 2, MARK / 2, 6.5, 0, 2 * Math.PI),
  Fair: (path) => polygon(path, corners(4, 8, Math.PI / 4)),
  Poor: (path) => polygon(path, corners(4, 8)),
  "Very Bad": (path) => polygon(path, corners(3, 8.5)),
  Destroyed: (path) => polygon(path, crossPoints()),
  contested: (path) => polygon(path, corners(6, 7.5)),
};

/** A cross lying on its side. */
function crossPoints(): [number, number][] {
  const [a, b] = [2.4, 7.6];
  const upright: [number, number][] = [[a, -b], [a, -a], [b, -a], [b, a], [a, a], [a, b], [-a, b], [-a, a], [-b, a], [-b, -a], [-a, -a], [-a, -b]];
  return upright.map(([x, y]) => [MARK / 2 + (x - y) * Math.SQRT1_2, MARK / 2 + (x + y) * Math.SQRT1_2]);
}

/** The marker of a state; a ring for sites that nobody has assessed. */
export function marker(state: string, palette: Palette): Drawn {
  const context = canvas(MARK, MARK);
  const path = new Path2D();
  (SHAPES[state] ?? ((ring) => ring.arc(MARK / 2, MARK / 2, 5, 0, 2 * Math.PI)))(path);
  context.lineJoin = "round";
  context.lineWidth = 3;
  context.strokeStyle = palette.halo;
  context.stroke(path);
  context.lineWidth = 1.2;
  context.fillStyle = state in SHAPES ? palette.states[state] : palette.halo;
  context.fill(path);
  context.strokeStyle = palette.ink;
  context.stroke(path);
  if (state === "contested") halve(context, palette);
  return finish(context);
}

/** Contested: one half filled, the other not. */
function halve(context: CanvasRenderingContext2D, palette: Palette): void {
  const half = new Path2D();
  polygon(half, [...corners(6, 7.5).slice(0, 4)]);
  context.fillStyle = palette.halo;
  context.fill(half);
  context.stroke(half);
}

/** A count within a disc that grows with it. */
export function cluster(count: number, written: string, palette: Palette): Drawn {
  const radius = 13 + 3 * Math.log10(count);
  const size = 2 * radius + 4;
  const context = canvas(size, size);
  context.beginPath();
  context.arc(size / 2, size / 2, radius, 0, 2 * Math.PI);
  context.fillStyle = palette.cluster;
  context.fill();
  context.lineWidth = 2;
  context.strokeStyle = palette.halo;
  context.stroke();
  context.font = `600 12px ${palette.font}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillStyle = palette.onCluster;
  context.fillText(written, size / 2, size / 2 + 0.5);
  return finish(context);
}

/** A name with a halo. */
export function label(text: string, direction: "ltr" | "rtl", palette: Palette): Drawn {
  const font = `500 12px ${palette.font}`;
  const measure = canvas(1, 1);
  measure.font = font;
  const context = canvas(Math.ceil(measure.measureText(text).width) + 8, 20);
  context.font = font;
  context.direction = direction;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = 3;
  context.strokeStyle = palette.halo;
  const x = context.canvas.width / RATIO / 2;
  context.strokeText(text, x, 10);
  context.fillStyle = palette.label;
  context.fillText(text, x, 10);
  return finish(context);
}
