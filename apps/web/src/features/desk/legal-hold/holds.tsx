import type { HoldView } from "@ringfence/services/desk/legal-hold";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { LocalTime } from "@/components/dates";
import { AnswerLift, ProposeLift } from "./hold-actions";

type HoldsProps = { holds: readonly HoldView[]; whyNot: string | undefined };

/** Lists legal holds: those in force, with how to lift them, and then those that were lifted. */
export function Holds({ holds, whyNot }: HoldsProps) {
  const t = useTranslations("legalHold");
  if (holds.length === 0) return <p className="py-2.5 text-muted">{t("none")}</p>;
  return (
    <ul>
      {holds.map(({ id, on, reason, by, at, lift, liftedAt }) => (
        <li key={id} className="grid gap-1 border-b border-line py-2.5">
          <h3 className="text-base font-semibold">
            <Subject on={on} />
          </h3>
          <p className="max-w-[46rem] whitespace-pre-line">{reason ?? t("reasonErased")}</p>
          <p className="text-sm text-muted">
            {t("placedBy", { name: by ?? t("nobody") })} <LocalTime instant={at} />
          </p>
          {liftedAt && (
            <p className="text-sm text-muted">
              {t("liftedAt")} <LocalTime instant={liftedAt} />
            </p>
          )}
          {lift && (
            <>
              <p className="text-sm text-muted">
                {t("liftProposedBy", { name: lift.by ?? t("nobody") })}{" "}
                <LocalTime instant={lift.at} />
              </p>
              <p className="max-w-[46rem] whitespace-pre-line">
                {lift.reason ?? t("reasonErased")}
              </p>
              <AnswerLift liftId={lift.id} acceptFault={lift.acceptFault} whyNot={whyNot} />
            </>
          )}
          {liftedAt === null && lift === null && (
            <div className="pt-1.5">
              <ProposeLift holdId={id} whyNot={whyNot} />
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}

function Subject({ on }: { on: HoldView["on"] }) {
  const t = useTranslations("legalHold");
  switch (on.scope) {
    case "everything":
      return t("everything");
    case "contact":
      return <Link href={`/contacts/${on.contactId}`}>{t("contact")}</Link>;
    case "complaint":
      return <Link href={`/complaints/${on.complaintId}`}>{t("complaint")}</Link>;
    case "campaign":
      return t("campaign", { key: on.campaign });
  }
}
