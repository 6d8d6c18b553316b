"use client";
import type { ComplaintId } from "@ringfence/core/ids";
import type { CallOfComplaint } from "@ringfence/services/desk/complaint";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { ActionButton } from "@/components/action-button";
import { LocalTime } from "@/components/dates";
import { useOutcomeName } from "@/components/outcome-name";
import { useTRPC } from "@/trpc/client";

type ComplaintCallsProps = {
  complaintId: ComplaintId;
  calls: readonly CallOfComplaint[];
  /** The latest other calls to the person. */
  others: readonly CallOfComplaint[];
  /** Why the member may not change the links. */
  whyNot: string | undefined;
  isOpen: boolean;
};

/** Lists the calls that a complaint is about, and those that an officer may add. */
export function ComplaintCalls({
  complaintId,
  calls,
  others,
  whyNot,
  isOpen,
}: ComplaintCallsProps) {
  const t = useTranslations("complaint");
  const trpc = useTRPC();
  const link = useMutation(trpc.complaint.linkCall.mutationOptions());
  const unlink = useMutation(trpc.complaint.unlinkCall.mutationOptions());
  return (
    <>
      {calls.length === 0 && (
        <p className="max-w-[46rem] py-2.5">{t(isOpen ? "noCalls" : "noCallsDecided")}</p>
      )}
      <ul>
        {calls.map((call) => (
          <CallEntry key={call.id} call={call}>
            {isOpen && (
              <ActionButton
                saving={unlink}
                data={{ complaintId, callId: call.id }}
                done={t("unlinkedNow")}
                whyNot={whyNot}
              >
                {t("unlink")}
              </ActionButton>
            )}
          </CallEntry>
        ))}
      </ul>
      {isOpen && others.length > 0 && (
        <details className="pt-3">
          <summary>{t("otherCalls", { count: others.length })}</summary>
          <ul>
            {others.map((call) => (
              <CallEntry key={call.id} call={call}>
                <ActionButton
                  saving={link}
                  data={{ complaintId, callId: call.id }}
                  done={t("linkedNow")}
                  whyNot={whyNot}
                >
                  {t("link")}
                </ActionButton>
              </CallEntry>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

type CallEntryProps = { call: CallOfComplaint; children: React.ReactNode };

/** Shows a call: when and for whom, what was decided before it, and the violation that was found. */
function CallEntry({ call, children }: CallEntryProps) {
  const t = useTranslations("complaint");
  const outcomeName = useOutcomeName();
  const { at, seller, outcome, campaign, screeningId, verdict, consentSince, violationId } = call;
  return (
    <li className="grid gap-1 border-b border-line py-2.5 sm:grid-cols-[minmax(0,1fr)_auto] sm:gap-x-4">
      <div>
        <p>
          <LocalTime instant={at} precision="evidence" />, {seller}
        </p>
        <p className="text-sm text-muted">
          {[outcomeName(outcome), campaign].filter(Boolean).join(", ")}
        </p>
        <p className="text-sm">
          {screeningId === null ? (
            t("unscreened")
          ) : (
            <Link href={`/screenings/${screeningId}`} prefetch={false}>
              {t(verdict === "refuse" ? "screenedRefused" : "screenedAllowed")}
            </Link>
          )}
          {consentSince !== null && (
            <>
              {". "}
              {t.rich("byConsent", {
                time: () => <LocalTime instant={consentSince} precision="day" />,
              })}
            </>
          )}
          {violationId !== null && (
            <>
              {". "}
              <Link href={`/violations/${violationId}`} prefetch={false}>
                {t("violation")}
              </Link>
            </>
          )}
        </p>
      </div>
      {children}
    </li>
  );
}
