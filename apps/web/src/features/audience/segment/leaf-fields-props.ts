import type { Leaf, LeafOf } from "@ringfence/core/audience/segment";

export type LeafFieldsProps<Kind extends Leaf["is"]> = {
  leaf: LeafOf<Kind>;
  onLeaf: (leaf: Leaf) => void;
};
