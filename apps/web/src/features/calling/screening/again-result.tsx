import type { ScreenedAgain } from "@ringfence/services/calling/screening";
import { useTranslations } from "next-intl";
import { Badge } from "@/components/badge";
import { Facts } from "@/components/facts";
import { Said } from "@/components/said";
import { Differences } from "./differences";

type AgainResultProps = { result: ScreenedAgain; past: "allow" | "refuse" };

/** Both verdicts beside each other, what differs, and all that is said now. */
export function AgainResult({ result: { answer, difference }, past }: AgainResultProps) {
  const t = useTranslations("screening");
  const names = useTranslations("reasons");
  return (
    <div className="grid gap-4 pt-4">
      <Facts
        facts={[
          { name: t("then"), value: <Badge status={past} /> },
          { name: t("now"), value: <Badge status={answer.verdict} /> },
        ]}
      />
      <div>
        <h3>{t("differs")}</h3>
        <Differences difference={difference} />
      </div>
      {answer.refusals.length > 0 && (
        <div>
          <h3>{t("nowReasons")}</h3>
          <ol>
            {answer.refusals.map(({ reason, rule, registry, citation, message }) => (
              <li
                key={[reason, rule, registry].join(" ")}
                className="grid gap-0.5 border-b border-line py-2.5"
              >
                <p className="max-w-[44rem] text-pretty">
                  <b>{names(`${reason}.name`)}.</b> <Said message={message} />
                </p>
                {(citation ?? rule) && (
                  <p className="text-sm text-muted">
                    {[citation, rule].filter(Boolean).join("; ")}
                  </p>
                )}
              </li>
            ))}
          </ol>
        </div>
      )}
    </div>
  );
}
