export {
  type Asked,
  type Columns,
  type Consents,
  type Deeds,
  MOST_VALUES,
  type Mask,
  type Said,
  type Values,
  edgesIn,
  sizeOf,
  zonesOf,
} from "./columns.ts";
export * from "./find-in-columns.ts";
export { rankingCutoff } from "./match-activities.ts";
export { mergeDeeds, takePeople } from "./update-columns.ts";
