import {
  type LawChange,
  type LawPart,
  type Rule,
  compareFields,
  compareRuleBooks,
  toRule,
} from "@ringfence/core/people/jurisdiction";
import { useLocale, useTranslations } from "next-intl";
import { type Fact, Facts } from "@/components/page-layout";
import { placeName } from "@/i18n/place-name";
import { RuleFields } from "../rule-changes";
import { RuleSays } from "../rule-text";

type LawChangeNameProps = { change: LawChange };

/** Names the rule, place or registry that changes, and says whether it is new, changed or ending. */
export function LawChangeName({ change }: LawChangeNameProps) {
  const t = useTranslations("lawUpdates");
  const types = useTranslations("rules.types");
  const locale = useLocale();
  const { before, after } = change;
  const part = after ?? before;
  const kind = before === null ? "isNew" : after === null ? "ends" : "isChanged";
  return (
    <>
      {part?.kind === "rule" && (
        <>
          {placeName(locale, part.jurisdiction)}: {types(part.rule.type)}{" "}
          <code className="font-mono text-sm text-muted">{part.rule.rule_id}</code>
        </>
      )}
      {part?.kind === "place" && placeName(locale, part.place.id)}
      {part?.kind === "registry" && part.registry.name} {t(kind)}
    </>
  );
}

type LawChangeTextProps = {
  change: LawChange;
  /** Names of registries by id. */
  registryNames: Readonly<Record<string, string>>;
};

/** Shows the former and the new rule of a change, and each field of a rule, place or registry that differs. */
export function LawChangeText({ change, registryNames }: LawChangeTextProps) {
  const t = useTranslations("lawUpdates");
  const [before, after] = [listRules(change.before), listRules(change.after)];
  const { changed } = compareRuleBooks({ rules: before }, { rules: after });
  const ownFields = compareFields(listOwnFields(change.before), listOwnFields(change.after));
  const show = (rules: readonly Rule[]) =>
    rules.map((rule) => <RuleSays key={rule.id} rule={rule} registryNames={registryNames} />);
  const facts: Fact[] = [
    ...(before.length === 0 ? [] : [{ name: t("former"), value: show(before) }]),
    ...(after.length === 0 ? [] : [{ name: t("current"), value: show(after) }]),
  ];
  return (
    <div className="grid gap-1.5">
      {facts.length > 0 && <Facts facts={facts} />}
      {ownFields.length > 0 && (
        <div className="text-sm">
          <RuleFields fields={ownFields} />
        </div>
      )}
      {changed.map(({ rule, fields }) => (
        <div key={rule.id} className="text-sm">
          <RuleFields fields={fields} />
        </div>
      ))}
    </div>
  );
}

/** Lists the fields of a registry, or of a place without its rules. */
function listOwnFields(part: LawPart | null): ReadonlyMap<string, unknown> {
  if (part?.kind === "registry") return new Map(Object.entries(part.registry));
  if (part?.kind !== "place") return new Map();
  const { rules: _, ...place } = part.place;
  return new Map(Object.entries(place));
}

function listRules(part: LawPart | null): Rule[] {
  if (part?.kind === "rule") return [toRule(part.jurisdiction, part.rule)];
  if (part?.kind !== "place") return [];
  return (part.place.rules ?? []).map((row) => toRule(part.place.id, row));
}
