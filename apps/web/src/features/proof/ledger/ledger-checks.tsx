import { useTranslations } from "next-intl";
import Link from "next/link";
import { CopyButton } from "@/components/copy-button";
import { Facts } from "@/components/facts";
import { Section } from "@/components/section";

const AUDIT = "pnpm ledger audit";

/** Explains how the operator and others check that nothing was changed. */
export function LedgerChecks({ apiUrl }: { apiUrl: string }) {
  const t = useTranslations("ledger");
  const [checkpoint, policy] = [`${apiUrl}/ledger/checkpoint`, `${apiUrl}/ledger/policy`];
  return (
    <Section title={t("checks")}>
      <Facts
        facts={[
          {
            name: t("audit"),
            value: (
              <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
                <code>{AUDIT}</code>
                <CopyButton text={AUDIT} />
              </span>
            ),
            notes: [t("auditNote")],
          },
          {
            name: t("public"),
            value: (
              <ul className="grid gap-1 break-all">
                <li>
                  <a href={checkpoint}>{checkpoint}</a>
                </li>
                <li>
                  <a href={policy}>{policy}</a>
                </li>
              </ul>
            ),
            notes: [t("publicNote")],
          },
          {
            name: t("certificates"),
            value: <Link href="/verify">{t("verify")}</Link>,
            notes: [t("verifyNote")],
          },
        ]}
      />
    </Section>
  );
}
