import type { RuleListed } from "@ringfence/services/people/jurisdiction";
import { useFormatter, useTranslations } from "next-intl";
import { type Column, Table } from "@/components/table";
import { EaseRule } from "./ease-rule";
import { RestoreRule } from "./restore-rule";
import { RuleActs } from "./rule-acts";
import { RuleLaw, type RuleSource } from "./rule-law";
import { RuleSays } from "./rule-says";

export type RuleShown = RuleListed & { isEasable: boolean };

type RuleTableProps = {
  caption: string;
  rules: readonly RuleShown[];
  sources: Readonly<Record<string, RuleSource>>;
  registryNames: Readonly<Record<string, string>>;
  /** Refusing rules: with what they did of late, and what may be decided about them. */
  refusing?: { whyNot: string | undefined };
};

/** Rules, with the law behind each. */
export function RuleTable({ caption, rules, sources, registryNames, refusing }: RuleTableProps) {
  const t = useTranslations("rules");
  const deeds = useDeeds(refusing?.whyNot);
  return (
    <Table
      isStack
      caption={caption}
      columns={[
        {
          key: "rule",
          head: t("rule"),
          cell: ({ rule }) => (
            <>
              {t(`types.${rule.type}`)}
              <code className="block font-mono text-sm font-normal text-muted">{rule.id}</code>
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
        ...(refusing ? deeds : []),
      ]}
      rows={rules}
      rowKey={({ rule }) => rule.id}
    />
  );
}

/** What refusing rules did of late, and what is decided about each. */
function useDeeds(whyNot: string | undefined): Column<RuleShown>[] {
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

type DecidedProps = { listed: RuleShown; whyNot: string | undefined };

function Decided({ listed, whyNot }: DecidedProps) {
  return (
    <span className="grid justify-items-start gap-2">
      <RuleActs listed={listed} />
      {listed.isEasable &&
        (listed.eased ? (
          <RestoreRule ruleId={listed.rule.id} whyNot={whyNot} />
        ) : (
          <EaseRule ruleId={listed.rule.id} alone={listed.refusedAlone} whyNot={whyNot} />
        ))}
    </span>
  );
}
