export { type Sample, type SampleItem, drawSample } from "./draw-sample.ts";
