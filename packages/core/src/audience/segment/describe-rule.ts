import type { SellerId } from "../../platform/ids.ts";
import { type Locale, type Message, say } from "../../platform/message/index.ts";
import type { PurposeKey } from "../../account/purpose/index.ts";
import type { KnownSegments } from "./rule-references.ts";
import { type Deed, type Group, type Leaf, type Rule, isGroup, nodesOf } from "./rule.ts";
import type { Span } from "./span.ts";
import type { ValueTest } from "./value-test.ts";

/** How what rules name is called. */
export type RuleNames = {
  segments: KnownSegments;
  sellers: readonly { id: SellerId; name: string }[];
  purposes: readonly { key: PurposeKey; name: string }[];
};

/** A rule as a sentence, without its full stop. */
export function tellRule(locale: Locale, rule: Rule, names: RuleNames): string {
  return isGroup(rule)
    ? tellGroup(locale, rule, names)
    : say(locale, leafMessage(locale, rule, names));
}

const joint = { all: "segment.and", any: "segment.or", none: "segment.list" } as const;

function tellGroup(locale: Locale, { is, of }: Group, names: RuleNames): string {
  const parts = of.map((rule) => {
    const words = tellRule(locale, rule, names);
    return isGroup(rule) && (rule.of.length > 1 || rule.is === "none") ? `(${words})` : words;
  });
  const rules = joined(locale, parts, joint[is]);
  return say(locale, { key: `segment.${is}`, values: { rules } });
}

/** Parts as one, `none` where there are none: what `select` in sentences knows. */
function joined(locale: Locale, parts: readonly string[], key: (typeof joint)[keyof typeof joint]) {
  const [first, ...rest] = parts;
  if (first === undefined) return "none";
  return rest.reduce((before, after) => say(locale, { key, values: { before, after } }), first);
}

/** `sign-up` as sentences can select it. */
const word = (key: string) => key.replaceAll(/[-.]/g, "_");

function leafMessage(locale: Locale, rule: Leaf, names: RuleNames): Message {
  const deed = (did: Deed) => tellDeed(locale, did);
  const during = (span: Span | undefined) => (span ? tellSpan(locale, span) : "none");
  const either = (values: readonly string[]) => joined(locale, values, "segment.or");
  switch (rule.is) {
    case "attribute":
      return testMessage(locale, rule.field, rule.test);
    case "activity": {
      const { op, value } = rule.compare;
      const measured = { measure: rule.measure, op: word(op), value };
      const values = { did: deed(rule.did), during: during(rule.during), ...measured };
      return { key: "segment.activity", values };
    }
    case "occasion": {
      const values = { did: deed(rule.did), which: rule.which, when: tellSpan(locale, rule.when) };
      return { key: "segment.occasion", values };
    }
    case "sequence": {
      const happened = rule.happened ? "yes" : "no";
      const [first, next] = [deed(rule.first), deed(rule.next)];
      const values = { first, next, happened, during: during(rule.during), days: rule.withinDays };
      return { key: "segment.sequence", values };
    }
    case "ranking": {
      const { by, end, percent } = rule;
      return {
        key: "segment.ranking",
        values: { did: deed({ type: rule.type }), by, end, percent },
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
        values: { outcomes, op: word(op), value, during: during(rule.during) },
      };
    }
    case "segment":
      return {
        key: "segment.segment",
        values: { name: names.segments.get(rule.segment)?.name ?? rule.segment },
      };
  }
}

/** Activities, by what they are called in sentences. */
export function tellDeed(locale: Locale, { type, where = [] }: Deed): string {
  const filters = where.map(({ property, is }) => say(locale, testMessage(locale, property, is)));
  const values = { type: word(type), where: joined(locale, filters, "segment.and") };
  const known = /^(purchase|visit|sign-up|call-outcome|preference)$/.test(type);
  return say(locale, { key: "segment.deed", values: known ? values : { ...values, type } });
}

/** A field or a property, by what it is called in sentences. */
export const tellField = (locale: Locale, name: string): string =>
  say(locale, { key: "segment.field", values: { field: nameOf(name) } });

function testMessage(locale: Locale, name: string, test: ValueTest): Message {
  const field = tellField(locale, name);
  const asked = (test: string, more: Record<string, string | number> = {}): Message => ({
    key: "segment.test",
    values: { test, field, values: "", from: 0, to: 0, when: "", ...more },
  });
  switch (test.test) {
    case "one-of":
      return asked("one_of", { values: joined(locale, test.values, "segment.or") });
    case "contains":
      return asked("contains", { values: test.text });
    case "number": {
      const { from, to } = test;
      if (to === undefined) return asked("from", { from: from ?? 0 });
      return from === undefined ? asked("to", { to }) : asked("range", { from, to });
    }
    case "day":
      return asked("day", { when: tellSpan(locale, test.when) });
    case "present":
      return asked(test.isPresent ? "present" : "absent");
  }
}

/** `@region` and `item.name` have names in each language; an attribute is called as it is. */
const nameOf = (name: string) =>
  /^(@\w+|item\.\w+)$/.test(name) ? word(name.replace("@", "")) : name;

function tellSpan(locale: Locale, span: Span): string {
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
  /** The conditions are the same, but they are ordered or grouped in another way. */
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
  const added = without(fresh ?? [], old ?? []);
  const removed = without(old ?? [], fresh ?? []);
  const isSame = added.length + removed.length === 0;
  return {
    added,
    removed,
    isRegrouped: isSame && JSON.stringify(before) !== JSON.stringify(after),
  };
}

const listConditions = (locale: Locale, rule: Rule, names: RuleNames): string[] =>
  nodesOf(rule)
    .filter((node) => !isGroup(node))
    .map((node) => tellRule(locale, node, names));

/** Some sentences without others, each taken out as often as it is there. */
function without(sentences: readonly string[], others: readonly string[]): string[] {
  const rest = [...others];
  return sentences.filter((sentence) => {
    const index = rest.indexOf(sentence);
    if (index === -1) return true;
    rest.splice(index, 1);
    return false;
  });
}
