/** The parts of the scrub engine that segments use. They run outside of transactions. Apps import `index.ts`. */
export { type Classifier, createClassifier } from "./engine/classifier.ts";
export type { FactStore } from "./engine/fact-store.ts";
export { createLookup } from "./engine/look-up.ts";
export { readSnapshot } from "./engine/snapshot.ts";
