/**
 * Drawings (SVG) among the preserved files. A preserved file has its hash for a name, so a web server does not say that it is a
 * drawing, and a browser shows none that is not declared. This script declares it; as a picture, so that nothing in it runs.
 *
 * Without this script, or from a disk, the text stands for the drawing, and the file can be downloaded.
 */

const TYPE = "image/svg+xml";

export function begin(mark: HTMLElement): void {
  for (const image of mark.querySelectorAll("img")) void declare(image);
}

async function declare(image: HTMLImageElement): Promise<void> {
  const address = image.src;
  image.dataset.address = address; // what the check of the page reads
  holdPlace(image);
  try {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`${answer.status}`);
    image.src = URL.createObjectURL(new Blob([await answer.arrayBuffer()], { type: TYPE }));
  } catch {
    image.src = address;
  }
}

/** Show nothing meanwhile, in the size that the page states: an image without a source is as high as its text, and the page would move. */
function holdPlace(image: HTMLImageElement): void {
  const [width, height] = [image.getAttribute("width"), image.getAttribute("height")];
  if (width && height) image.src = `data:${TYPE},<svg xmlns='http://www.w3.org/2000/svg' width='${width}' height='${height}'/>`;
  else image.removeAttribute("src");
}
