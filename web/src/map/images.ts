/**
 * The map's pictures, drawn with the browser's own fonts: markers, counts and country names.
 *
 * A glyph server would be a request for each range of letters, and would not join Arabic letters; a canvas does both well.
 */

import { pathOf } from "../shapes.ts";
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

/** The marker of a state, of the shape that it has everywhere, with a halo and an outline against any ground. */
export function marker(state: string, palette: Palette): Drawn {
  const context = canvas(MARK, MARK);
  const { path, width } = pathOf(state);
  const shape = new Path2D(path);
  const scale = Math.min(1, MARK / width);
  context.translate((MARK - width * scale) / 2, (MARK - 16 * scale) / 2);
  context.scale(scale, scale);
  context.lineJoin = "round";
  context.lineWidth = 3;
  context.strokeStyle = palette.halo;
  context.stroke(shape);
  context.fillStyle = palette.halo;
  context.fill(shape, "nonzero");
  context.fillStyle = palette.states[state] ?? palette.ink;
  context.fill(shape, "evenodd");
  return finish(context);
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
