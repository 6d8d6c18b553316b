// Countries of the world, drawn by Natural Earth. The compiler need not infer types from a megabyte of numbers.
declare module "world-atlas/countries-110m.json" {
  import type { GeometryCollection, Topology } from "topojson-specification";

  const atlas: Topology<{ countries: GeometryCollection<{ name: string }> }>;
  export default atlas;
}
declare module "world-atlas/countries-50m.json" {
  export { default } from "world-atlas/countries-110m.json";
}
