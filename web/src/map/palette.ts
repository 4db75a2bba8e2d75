/** The map's colours, taken from the page's custom properties so that map and page agree, in light and in dark. */

export interface Palette {
  readonly water: string;
  readonly land: string;
  readonly boundary: string;
  readonly ink: string;
  readonly halo: string;
  readonly label: string;
  readonly cluster: string;
  readonly onCluster: string;
  readonly font: string;
  readonly states: Readonly<Record<string, string>>;
}

/** Read the palette as it applies to an element now. */
export function paletteOf(mark: Element): Palette {
  const style = getComputedStyle(mark);
  const property = (name: string): string => style.getPropertyValue(`--map-${name}`).trim();
  return {
    water: property("water"), land: property("land"), boundary: property("boundary"), ink: property("ink"), halo: property("halo"),
    label: property("label"), cluster: property("cluster"), onCluster: property("on-cluster"), font: style.fontFamily || "sans-serif",
    states: {
      Good: property("good"), Fair: property("fair"), Poor: property("poor"), "Very Bad": property("very-bad"),
      Destroyed: property("destroyed"), Unknown: property("unknown"), contested: property("contested"),
    },
  };
}
