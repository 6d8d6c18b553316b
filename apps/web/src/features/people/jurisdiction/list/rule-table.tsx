import type { RuleView } from "@ringfence/services/people/jurisdiction";
import { useFormatter, useTranslations } from "next-intl";
import Link from "next/link";
import { RuleLaw, type RuleSource } from "@/components/rule-law";
import { type Column, Table } from "@/components/table";
import { EaseRule, RestoreRule } from "./rule-actions";
import { toRuleKey } from "../rule-groups";
import { RuleEffect, RuleSays } from "../rule-text";

type RuleTableProps = {
  caption: string;
  rules: readonly RuleView[];
  sources: Readonly<Record<string, RuleSource>>;
  registryNames: Readonly<Record<string, string>>;
  /** Given for rules that may refuse a call: shows the calls that each refused, and its actions. */
  refusing?: { whyNot: string | undefined };
};

/** Table of rules with the law behind each. */
export function RuleTable({ caption, rules, sources, registryNames, refusing }: RuleTableProps) {
  const t = useTranslations("rules");
  const actionColumns = useActionColumns(refusing?.whyNot);
  return (
    <Table
      isStack
      caption={caption}
      columns={[
        {
          key: "rule",
          head: t("rule"),
          cell: ({ rule, isKept }) => (
            <>
              {t(`types.${rule.type}`)}
              <Link
                href={`/rules/${rule.jurisdiction}#${toRuleKey({ rule, isKept })}`}
                className="block w-fit font-mono text-sm font-normal"
              >
                {rule.id}
              </Link>
            </>
          ),
        },
        {
          key: "says",
          head: t("asks"),
          narrow: "full",
          cell: ({ rule }) => <RuleSays rule={rule} registryNames={registryNames} />,
        },
        {
          key: "law",
          head: t("law"),
          narrow: t("law"),
          cell: ({ rule }) => <RuleLaw rule={rule} sources={sources} />,
        },
        ...(refusing ? actionColumns : []),
      ]}
      rows={rules}
      rowKey={toRuleKey}
    />
  );
}

/** Returns the columns of rules that may refuse a call: the calls that each refused, and the actions. */
function useActionColumns(whyNot: string | undefined): Column<RuleView>[] {
  const t = useTranslations("rules");
  const format = useFormatter();
  return [
    {
      key: "refused",
      head: t("refused"),
      narrow: t("refused"),
      isFigure: true,
      cell: ({ refused, refusedAlone }) => (
        <>
          {format.number(refused)}
          {refusedAlone > 0 && (
            <span className="block text-sm text-muted">{t("alone", { count: refusedAlone })}</span>
          )}
        </>
      ),
    },
    {
      key: "decided",
      head: t("decided"),
      narrow: "full",
      cell: (listed) => <Decided listed={listed} whyNot={whyNot} />,
    },
  ];
}

type DecidedProps = { listed: RuleView; whyNot: string | undefined };

function Decided({ listed, whyNot }: DecidedProps) {
  return (
    <span className="grid justify-items-start gap-2">
      <RuleEffect listed={listed} />
      {listed.isEasable &&
        (listed.eased ? (
          <RestoreRule ruleId={listed.rule.id} whyNot={whyNot} />
        ) : (
          <EaseRule ruleId={listed.rule.id} alone={listed.refusedAlone} whyNot={whyNot} />
        ))}
    </span>
  );
}
