"use client";

import { faultsOf } from "@ringfence/core/platform/message";
import { type Group, isGroup, Rule, type SegmentCall } from "@ringfence/core/audience/segment";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, type ReactNode, useState } from "react";
import { Failed } from "@/components/failed";
import { Section } from "@/components/section";
import { CountLine } from "./count-line";
import { GroupBox } from "./group-box";
import { LiveWaterfall } from "./live-waterfall";
import { RuleJson } from "./rule-json";
import { RuleSentence } from "./rule-sentence";
import { RuleSpread } from "./rule-spread";
import { RuleTools } from "./rule-tools";
import { EditorProvider } from "./rule-editor";
import { type RuleWorld, WorldProvider } from "./rule-world";
import { SaveSegment, type SavedSegment } from "./save-segment";
import { SixPeople } from "./six-people";
import { useLiveCount } from "./use-live-count";
import { useNodeCounts } from "./use-node-counts";
import { useRuleEditor } from "./use-rule-editor";

type BuilderProps = {
  world: RuleWorld;
  saved: SavedSegment;
  call: SegmentCall;
  /** Why it cannot be saved by whoever looks. */
  whyNot: string | undefined;
  /** Of the rule as it is saved; what is built shows a sample instead. */
  savedWaterfall: ReactNode;
  callFields: ReactNode;
};

/** Who is in a segment: built, counted and screened as it is built. */
export function Builder(props: BuilderProps) {
  const { world, saved, call, whyNot, savedWaterfall, callFields } = props;
  const t = useTranslations("segmentBuilder");
  const savedRule = asGroup(saved.rule);
  const { rule, told, replace, undo, redo } = useRuleEditor(savedRule);
  const [isJson, setJson] = useState(false);
  const parsed = Rule.safeParse(rule);
  const isSaved = saved.segment !== null && isSame(parsed.data, savedRule);
  const ownId = world.ownId === null ? {} : { segmentId: world.ownId };
  const live = useLiveCount(parsed.success ? { ...call, ...ownId, rule: parsed.data } : null);
  const counts = useNodeCounts(live.sound);
  const faults = parsed.success ? live.faults : faultsOf(parsed.error, rule);

  const onKeyDown = (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.code !== "KeyZ") return;
    event.preventDefault();
    if (event.shiftKey) redo?.();
    else undo?.();
  };
  return (
    <WorldProvider value={world}>
      <SaveSegment
        {...{ saved, rule, whyNot }}
        isChanged={!isSaved}
        hasFaults={faults.length > 0}
      />
      <div className="mt-6 grid grid-cols-1 items-start gap-8 lg:grid-cols-[minmax(0,1.28fr)_minmax(0,1fr)] [&>section]:mt-0">
        <Section
          title={t("who")}
          aside={<RuleTools {...{ undo, redo, isJson }} onJson={setJson} />}
        >
          <CountLine {...live} hasFaults={faults.length > 0} />
          {live.failure && <Failed title={live.failure.message} />}
          {/* Hears what its fields do not use. */}
          {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions */}
          <div onKeyDown={onKeyDown} className="grid gap-3">
            {isJson ? (
              <RuleJson rule={rule} onRule={(rule) => replace(asGroup(rule))} />
            ) : (
              <EditorProvider value={told({ faults, counts })}>
                <GroupBox group={asGroup(rule)} path={[]} />
              </EditorProvider>
            )}
          </div>
          <RuleSentence rule={faults.length === 0 && parsed.success ? parsed.data : null} />
        </Section>
        <Section title={t("callable")} aside={callFields}>
          {isSaved ? savedWaterfall : <LiveWaterfall people={live.count} sample={live.sample} />}
        </Section>
      </div>
      <SixPeople sound={live.sound} />
      <RuleSpread sound={live.sound} />
    </WorldProvider>
  );
}

/** What is built is a group, be it of one row. */
const asGroup = (rule: Rule): Group => (isGroup(rule) ? rule : { is: "all", of: [rule] });

const isSame = (one: Rule | undefined, other: Rule) =>
  JSON.stringify(one) === JSON.stringify(other);
