import type { Leaf, LeafOf } from "@ringfence/core/segment";

export type LeafFieldsProps<Kind extends Leaf["is"]> = {
  leaf: LeafOf<Kind>;
  onLeaf: (leaf: Leaf) => void;
};
