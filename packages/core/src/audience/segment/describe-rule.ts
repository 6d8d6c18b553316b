import type { SellerId } from "../../platform/ids.ts";
import { type Locale, type Message, say } from "../../platform/message/index.ts";
import type { PurposeKey } from "../../account/purpose/index.ts";
import type { KnownSegments } from "./rule-references.ts";
import {
  type ActivityCondition,
  type Group,
  type Condition,
  type Rule,
  isGroup,
  listNodes,
} from "./rule.ts";
import type { Span } from "./span.ts";
import type { ValueTest } from "./value-test.ts";

/** Names of the things that rules refer to. */
export type RuleNames = {
  segments: KnownSegments;
  sellers: readonly { id: SellerId; name: string }[];
  purposes: readonly { key: PurposeKey; name: string }[];
};

/** Describes a rule as a sentence, without the full stop. */
export function describeRule(locale: Locale, rule: Rule, names: RuleNames): string {
  return isGroup(rule)
    ? describeGroup(locale, rule, names)
    : say(locale, toConditionMessage(locale, rule, names));
}

const joints = { all: "segment.and", any: "segment.or", none: "segment.list" } as const;

function describeGroup(locale: Locale, { is, of }: Group, names: RuleNames): string {
  const parts = of.map((rule) => {
    const words = describeRule(locale, rule, names);
    return isGroup(rule) && (rule.of.length > 1 || rule.is === "none") ? `(${words})` : words;
  });
  const rules = joinParts(locale, parts, joints[is]);
  return say(locale, { key: `segment.${is}`, values: { rules } });
}

/** Joins parts into one text. `none` without parts, which message formats can select. */
function joinParts(
  locale: Locale,
  parts: readonly string[],
  key: (typeof joints)[keyof typeof joints],
) {
  const [first, ...rest] = parts;
  if (first === undefined) return "none";
  return rest.reduce((before, after) => say(locale, { key, values: { before, after } }), first);
}

/** Spells `sign-up` so that message formats can select it. */
const toSelectWord = (key: string) => key.replaceAll(/[-.]/g, "_");

function toConditionMessage(locale: Locale, rule: Condition, names: RuleNames): Message {
  const describe = (did: ActivityCondition) => describeActivity(locale, did);
  const during = (span: Span | undefined) => (span ? describeSpan(locale, span) : "none");
  const either = (values: readonly string[]) => joinParts(locale, values, "segment.or");
  switch (rule.is) {
    case "attribute":
      return toTestMessage(locale, rule.field, rule.test);
    case "activity": {
      const { op, value } = rule.compare;
      const measured = { measure: rule.measure, op: toSelectWord(op), value };
      const values = { did: describe(rule.did), during: during(rule.during), ...measured };
      return { key: "segment.activity", values };
    }
    case "occasion": {
      const values = {
        did: describe(rule.did),
        which: rule.which,
        when: describeSpan(locale, rule.when),
      };
      return { key: "segment.occasion", values };
    }
    case "sequence": {
      const happened = rule.happened ? "yes" : "no";
      const [first, next] = [describe(rule.first), describe(rule.next)];
      const values = { first, next, happened, during: during(rule.during), days: rule.withinDays };
      return { key: "segment.sequence", values };
    }
    case "ranking": {
      const { by, end, percent } = rule;
      return {
        key: "segment.ranking",
        values: { did: describe({ type: rule.type }), by, end, percent },
      };
    }
    case "consent": {
      const { standing, channel } = rule;
      const seller = names.sellers.find(({ id }) => id === rule.seller)?.name ?? rule.seller;
      const purpose = names.purposes.find(({ key }) => key === rule.purpose)?.name ?? rule.purpose;
      return { key: "segment.consent", values: { standing, channel, seller, purpose } };
    }
    case "preference":
      return {
        key: "segment.preference",
        values: { topic: rule.topic, values: either(rule.values) },
      };
    case "calls": {
      const { op, value } = rule.compare;
      const outcomes = either(rule.outcomes ?? []);
      return {
        key: "segment.calls",
        values: { outcomes, op: toSelectWord(op), value, during: during(rule.during) },
      };
    }
    case "segment":
      return {
        key: "segment.segment",
        values: { name: names.segments.get(rule.segment)?.name ?? rule.segment },
      };
  }
}

/** Describes activities for use in a sentence. */
export function describeActivity(locale: Locale, { type, where = [] }: ActivityCondition): string {
  const filters = where.map(({ property, is }) => say(locale, toTestMessage(locale, property, is)));
  const values = { type: toSelectWord(type), where: joinParts(locale, filters, "segment.and") };
  const isStandardType = /^(purchase|visit|sign-up|call-outcome|preference)$/.test(type);
  return say(locale, {
    key: "segment.deed",
    values: isStandardType ? values : { ...values, type },
  });
}

/** Describes a field or property for use in a sentence. */
export const describeField = (locale: Locale, name: string): string =>
  say(locale, { key: "segment.field", values: { field: toFieldWord(name) } });

function toTestMessage(locale: Locale, name: string, test: ValueTest): Message {
  const field = describeField(locale, name);
  const toMessage = (test: string, more: Record<string, string | number> = {}): Message => ({
    key: "segment.test",
    values: { test, field, values: "", from: 0, to: 0, when: "", ...more },
  });
  switch (test.test) {
    case "one-of":
      return toMessage("one_of", { values: joinParts(locale, test.values, "segment.or") });
    case "contains":
      return toMessage("contains", { values: test.text });
    case "number": {
      const { from, to } = test;
      if (to === undefined) return toMessage("from", { from: from ?? 0 });
      return from === undefined ? toMessage("to", { to }) : toMessage("range", { from, to });
    }
    case "day":
      return toMessage("day", { when: describeSpan(locale, test.when) });
    case "present":
      return toMessage(test.isPresent ? "present" : "absent");
  }
}

/** Translates a field such as `@region` or `item.name`. Attributes keep their names. */
const toFieldWord = (name: string) =>
  /^(@\w+|item\.\w+)$/.test(name) ? toSelectWord(name.replace("@", "")) : name;

function describeSpan(locale: Locale, span: Span): string {
  if (span.span !== "between") {
    return say(locale, { key: "segment.span", values: { from: "", to: "", ...span } });
  }
  const { from = "", to = "" } = span;
  const kind = !to ? "from" : from ? "between" : "to";
  return say(locale, { key: "segment.span", values: { span: kind, from, to, days: 0 } });
}

/** Differences between two versions of a rule, as sentences of their conditions. */
export type RuleChanges = {
  added: readonly string[];
  removed: readonly string[];
  /** Same conditions, but ordered or grouped differently. */
  isRegrouped: boolean;
};

/** Compares two versions of a rule, condition by condition. */
export function compareRules(
  locale: Locale,
  before: Rule,
  after: Rule,
  names: RuleNames,
): RuleChanges {
  const [old, fresh] = [before, after].map((rule) => listConditions(locale, rule, names));
  const added = subtract(fresh ?? [], old ?? []);
  const removed = subtract(old ?? [], fresh ?? []);
  const isSame = added.length + removed.length === 0;
  return {
    added,
    removed,
    isRegrouped: isSame && JSON.stringify(before) !== JSON.stringify(after),
  };
}

const listConditions = (locale: Locale, rule: Rule, names: RuleNames): string[] =>
  listNodes(rule)
    .filter((node) => !isGroup(node))
    .map((node) => describeRule(locale, node, names));

/** Removes sentences, each as often as it occurs. */
function subtract(sentences: readonly string[], others: readonly string[]): string[] {
  const rest = [...others];
  return sentences.filter((sentence) => {
    const index = rest.indexOf(sentence);
    if (index === -1) return true;
    rest.splice(index, 1);
    return false;
  });
}
