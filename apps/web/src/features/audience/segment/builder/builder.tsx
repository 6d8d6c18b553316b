"use client";
import { toFaults } from "@ringfence/core/platform/message";
import {
  type Group,
  Rule,
  type SegmentCall,
  describeRule,
  isGroup,
} from "@ringfence/core/audience/segment";
import { useLocale, useTranslations } from "next-intl";
import { type KeyboardEvent, type ReactNode, type SubmitEvent, useState } from "react";
import { Failed } from "@/components/failed";
import { Section } from "@/components/page-layout";
import { GroupBox } from "./group-box";
import { conditionKinds } from "./new-condition";
import { RandomSample, RuleBreakdown } from "./sample-and-breakdown";
import { EditorProvider, useRuleEditor } from "./edit-rule";
import {
  type BuilderVocabulary,
  VocabularyProvider,
  toRuleNames,
  useVocabulary,
} from "./new-condition";
import { useLiveCount, useNodeCounts } from "./live-answers";
import { Count } from "@/components/numbers";
import { Braces, ListTree, Redo2, Undo2 } from "lucide-react";
import { Button } from "@/components/buttons";
import type { RuleSample } from "@ringfence/services/audience/segment";
import { LocalTime } from "@/components/dates";
import { WaterfallTable } from "../waterfall-table";
import type { SegmentId } from "@ringfence/core/ids";
import { useMutation } from "@tanstack/react-query";
import { Banner } from "@/components/banner";
import { Field, Input, Textarea } from "@/components/fields";
import { useShowSaved } from "@/components/save-form";
import { useTRPC } from "@/trpc/client";
import { MessageText } from "@/components/message-text";

type BuilderProps = {
  vocabulary: BuilderVocabulary;
  saved: SavedSegment;
  call: SegmentCall;
  /** Why the member may not save the segment. */
  whyNot: string | undefined;
  /** Waterfall of the saved rule. An unsaved rule shows one of a sample instead. */
  savedWaterfall: ReactNode;
  callFields: ReactNode;
};

/** Builds the rule of a segment, and counts and screens its people meanwhile. */
export function Builder(props: BuilderProps) {
  const { vocabulary, saved, call, whyNot, savedWaterfall, callFields } = props;
  const t = useTranslations("segmentBuilder");
  const savedRule = asGroup(saved.rule);
  const { rule, withResults, replace, undo, redo } = useRuleEditor(savedRule);
  const [isJson, setJson] = useState(false);
  const parsed = Rule.safeParse(rule);
  const isSaved = saved.segment !== null && isSame(parsed.data, savedRule);
  const ownId = vocabulary.ownId === null ? {} : { segmentId: vocabulary.ownId };
  const live = useLiveCount(parsed.success ? { ...call, ...ownId, rule: parsed.data } : null);
  const counts = useNodeCounts(live.sound);
  const faults = parsed.success ? live.faults : toFaults(parsed.error, rule);

  const onKeyDown = (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.code !== "KeyZ") return;
    event.preventDefault();
    if (event.shiftKey) redo?.();
    else undo?.();
  };
  return (
    <VocabularyProvider value={vocabulary}>
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
          {/* Ctrl Z in any of its fields undoes a change of the rule. */}
          {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions */}
          <div onKeyDown={onKeyDown} className="grid gap-3">
            {isJson ? (
              <RuleJson rule={rule} onRule={(rule) => replace(asGroup(rule))} />
            ) : (
              <EditorProvider value={withResults({ faults, counts })}>
                <GroupBox group={asGroup(rule)} path={[]} />
              </EditorProvider>
            )}
          </div>
          <ConditionHelp />
          <RuleSentence rule={faults.length === 0 && parsed.success ? parsed.data : null} />
        </Section>
        <Section title={t("callable")} aside={callFields}>
          {isSaved ? savedWaterfall : <LiveWaterfall people={live.count} sample={live.sample} />}
        </Section>
      </div>
      <RandomSample sound={live.sound} />
      <RuleBreakdown sound={live.sound} />
    </VocabularyProvider>
  );
}

/** Wraps a single condition in a group, because the builder edits groups. */
const asGroup = (rule: Rule): Group => (isGroup(rule) ? rule : { is: "all", of: [rule] });

const isSame = (one: Rule | undefined, other: Rule) =>
  JSON.stringify(one) === JSON.stringify(other);

type CountLineProps = {
  count: number | null;
  contacts: number | null;
  isCounting: boolean;
  hasFaults: boolean;
};

/** Shows how many people the rule matches now. */
function CountLine({ count, contacts, isCounting, hasFaults }: CountLineProps) {
  const t = useTranslations("segmentBuilder");
  const share = useTranslations("share");
  const isKnown = count !== null && !hasFaults;
  const percent = isKnown && contacts ? Math.round((count / contacts) * 1_000) / 10 : null;
  return (
    <p className="flex flex-wrap items-baseline gap-x-3 pt-2.5 pb-3">
      <output
        aria-live="polite"
        aria-busy={isCounting}
        className={`text-lg ${isCounting ? "text-muted" : ""}`}
      >
        {isKnown ? (
          <b>{t.rich("people", { count, n: () => <Count value={count} /> })}</b>
        ) : (
          <span className="text-muted">{t(hasFaults ? "notCounted" : "counting")}</span>
        )}
        {percent !== null && contacts !== null && (
          <span>
            {" "}
            {t.rich("ofAll", {
              percent: share("percent", { percent }),
              n: () => <Count value={contacts} />,
            })}
          </span>
        )}
      </output>
      {isCounting && isKnown && <span className="text-sm text-muted">{t("counting")}</span>}
    </p>
  );
}

type RuleToolsProps = {
  undo: (() => void) | null;
  redo: (() => void) | null;
  isJson: boolean;
  onJson: (isJson: boolean) => void;
};

/** Buttons to undo, to redo, and to edit the rule as JSON. */
function RuleTools({ undo, redo, isJson, onJson }: RuleToolsProps) {
  const t = useTranslations("segmentBuilder");
  return (
    <span className="flex flex-wrap gap-1">
      <Button
        size="small"
        look="quiet"
        icon={Undo2}
        disabled={undo === null}
        onClick={() => undo?.()}
      >
        {t("undo")}
      </Button>
      <Button
        size="small"
        look="quiet"
        icon={Redo2}
        disabled={redo === null}
        onClick={() => redo?.()}
      >
        {t("redo")}
      </Button>
      <Button
        size="small"
        look="quiet"
        icon={isJson ? ListTree : Braces}
        onClick={() => onJson(!isJson)}
      >
        {t(isJson ? "asRows" : "asJson")}
      </Button>
    </span>
  );
}

/** Explains each type of condition, in a block that is closed at first. */
function ConditionHelp() {
  const t = useTranslations("segmentBuilder");
  return (
    <details className="pt-2.5">
      <summary>{t("help")}</summary>
      <dl className="grid gap-1.5 pt-2 text-sm">
        {conditionKinds.map((kind) => (
          <div key={kind} className="sm:grid sm:grid-cols-[14rem_minmax(0,1fr)] sm:gap-4">
            <dt className="font-medium">{t(`kinds.${kind}`)}</dt>
            <dd className="text-muted">{t(`meanings.${kind}`)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

/** Describes the rule in a sentence; the rule is null while it is not valid. */
function RuleSentence({ rule }: { rule: Rule | null }) {
  const t = useTranslations("segmentBuilder");
  const locale = useLocale();
  const vocabulary = useVocabulary();
  return (
    <p className="border-t border-line pt-2.5 text-muted">
      {rule === null
        ? t("noSentence")
        : t("sentence", { rule: describeRule(locale, rule, toRuleNames(vocabulary)) })}
    </p>
  );
}

type LiveWaterfallProps = { people: number | null; sample: RuleSample["sample"] };

/** Waterfall of an unsaved rule, based on a sample if it matches many people. */
function LiveWaterfall({ people, sample }: LiveWaterfallProps) {
  const t = useTranslations("waterfall");
  if (sample === null) return <p className="pt-2.5 text-muted">{t("noSample")}</p>;
  const { at, contacts, counts } = sample;
  const size = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const sampled = people !== null && size < people ? { size, people } : null;
  return (
    <>
      <WaterfallTable {...{ contacts, people, counts }} isSample={sampled !== null} />
      <p className="pt-2 text-sm text-muted">
        {sampled && <>{t("sampled", sampled)} </>}
        {t.rich("lived", { time: () => <LocalTime instant={at} /> })} {t("foot")}
      </p>
    </>
  );
}

/** The segment as it was opened. A new one has no id yet. */
type SavedSegment = {
  segment: { id: SegmentId; version: number } | null;
  name: string;
  rule: Rule;
};

type SaveSegmentProps = {
  saved: SavedSegment;
  rule: Rule;
  isChanged: boolean;
  hasFaults: boolean;
  whyNot: string | undefined;
};

/** Field for the segment's name, and the button that saves it. */
function SaveSegment({ saved, rule, isChanged, hasFaults, whyNot }: SaveSegmentProps) {
  const t = useTranslations("segmentBuilder");
  const onSuccess = useShowSaved("/segments", saved.segment === null, t("saved"));
  const [name, setName] = useState(saved.name);
  const trpc = useTRPC();
  const save = useMutation(trpc.segment.save.mutationOptions({ onSuccess }));
  const isUnsaved = isChanged || name !== saved.name;
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    save.mutate({ ...(saved.segment && { segment: saved.segment }), name, rule });
  };
  return (
    <form onSubmit={submit} className="grid gap-3">
      <div className="flex flex-wrap items-end gap-3">
        <div className="min-w-60 flex-1 sm:max-w-md">
          <Field label={t("name")}>
            {(wired) => (
              <Input
                {...wired}
                required
                maxLength={80}
                value={name}
                onChange={({ currentTarget }) => setName(currentTarget.value)}
              />
            )}
          </Field>
        </div>
        <Button
          type="submit"
          look="primary"
          busy={save.isPending && t("saving")}
          disabled={!isUnsaved || hasFaults || name.trim() === ""}
          whyNot={whyNot}
        >
          {t("save")}
        </Button>
      </div>
      {save.error && <Banner tone="bad" role="alert" title={save.error.message} />}
    </form>
  );
}

/**
 * Edits a rule as JSON. Text that is not a valid rule shows its faults and changes nothing. The typed text stays until
 * the rule is changed elsewhere, such as by undoing.
 */
function RuleJson({ rule, onRule }: { rule: Rule; onRule: (rule: Rule) => void }) {
  const t = useTranslations("segmentBuilder");
  const [text, setText] = useState(() => JSON.stringify(rule, null, 2));
  const read = readRule(text);
  const isSame = !("rule" in read) || JSON.stringify(read.rule) === JSON.stringify(rule);
  const shown = isSame ? text : JSON.stringify(rule, null, 2);
  return (
    <div className="grid gap-1.5 pt-3 font-mono text-sm">
      <Textarea
        aria-label={t("json")}
        rows={24}
        spellCheck={false}
        value={shown}
        onChange={({ currentTarget }) => {
          setText(currentTarget.value);
          const next = readRule(currentTarget.value);
          if ("rule" in next) onRule(next.rule);
        }}
      />
      {"faults" in read && (
        <ul role="alert" className="font-sans text-sm font-medium text-refuse">
          {read.faults.length === 0 && <li>{t("noJson")}</li>}
          {read.faults.map(({ path, message }) => (
            <li key={`${path} ${message.key}`}>
              <code>{path || "/"}</code> <MessageText message={message} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function readRule(text: string) {
  try {
    const given: unknown = JSON.parse(text);
    const { data, error } = Rule.safeParse(given);
    return data ? { rule: data } : { faults: toFaults(error, given) };
  } catch {
    return { faults: [] };
  }
}
