"use client";

import type { Leaf } from "@ringfence/core/audience/segment";
import { ActivityFields } from "./activity-fields";
import { AttributeFields } from "./attribute-fields";
import { CallsFields } from "./calls-fields";
import { ConsentFields } from "./consent-fields";
import type { LeafFieldsProps } from "./leaf-fields-props";
import { OccasionFields } from "./occasion-fields";
import { PreferenceFields } from "./preference-fields";
import { RankingFields } from "./ranking-fields";
import { SegmentFields } from "./segment-fields";
import { SequenceFields } from "./sequence-fields";

/** The fields of a row, by what it asks about. */
export function LeafFields({ leaf, onLeaf }: LeafFieldsProps<Leaf["is"]>) {
  switch (leaf.is) {
    case "attribute":
      return <AttributeFields {...{ leaf, onLeaf }} />;
    case "activity":
      return <ActivityFields {...{ leaf, onLeaf }} />;
    case "occasion":
      return <OccasionFields {...{ leaf, onLeaf }} />;
    case "sequence":
      return <SequenceFields {...{ leaf, onLeaf }} />;
    case "ranking":
      return <RankingFields {...{ leaf, onLeaf }} />;
    case "consent":
      return <ConsentFields {...{ leaf, onLeaf }} />;
    case "preference":
      return <PreferenceFields {...{ leaf, onLeaf }} />;
    case "calls":
      return <CallsFields {...{ leaf, onLeaf }} />;
    case "segment":
      return <SegmentFields {...{ leaf, onLeaf }} />;
  }
}
