import {
  type LawChange,
  type LawPart,
  type Rule,
  compareRuleBooks,
  toRule,
} from "@ringfence/core/people/jurisdiction";
import { useLocale, useTranslations } from "next-intl";
import { type Fact, Facts } from "@/components/page-layout";
import { placeName } from "@/i18n/place-name";
import { registryName } from "@/i18n/registry-name";
import { RuleFields } from "../rule-changes";
import { RuleSays } from "../rule-text";

type LawChangeNameProps = { change: LawChange };

/** Names the rule, place or registry that a change is about, and says whether it is new, changed or ends. */
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
      {part?.kind === "registry" && registryName(part.registry.id)} {t(kind)}
    </>
  );
}

type LawChangeTextProps = {
  change: LawChange;
  /** Names of registries by id. */
  registryNames: Readonly<Record<string, string>>;
};

/** Shows the former and the new rule of a change, and each field that differs. */
export function LawChangeText({ change, registryNames }: LawChangeTextProps) {
  const t = useTranslations("lawUpdates");
  const [before, after] = [listRules(change.before), listRules(change.after)];
  const { changed } = compareRuleBooks({ rules: before }, { rules: after });
  const show = (rules: readonly Rule[]) =>
    rules.map((rule) => <RuleSays key={rule.id} rule={rule} registryNames={registryNames} />);
  const facts: Fact[] = [
    ...(before.length === 0 ? [] : [{ name: t("former"), value: show(before) }]),
    ...(after.length === 0 ? [] : [{ name: t("current"), value: show(after) }]),
  ];
  return (
    <div className="grid gap-1.5">
      {facts.length > 0 && <Facts facts={facts} />}
      {changed.map(({ rule, fields }) => (
        <div key={rule.id} className="text-sm">
          <RuleFields fields={fields} />
        </div>
      ))}
    </div>
  );
}

function listRules(part: LawPart | null): Rule[] {
  if (part?.kind === "rule") return [toRule(part.jurisdiction, part.rule)];
  if (part?.kind !== "place") return [];
  return (part.place.rules ?? []).map((row) => toRule(part.place.id, row));
}
