import type { EditionView } from "@ringfence/services/do-not-call/registry";
import { useTranslations } from "next-intl";
import { LocalTime } from "@/components/local-time";
import { Said } from "@/components/said";

/** Why an edition was held, and an officer's word on it. */
export function EditionRemark({
  edition: { fault, kind, settled, status },
}: {
  edition: EditionView;
}) {
  const t = useTranslations("editions");
  return (
    <>
      {fault && (
        <span className="block max-w-[30rem] font-normal text-muted">
          <Said message={fault} />
        </span>
      )}
      {settled && (
        <span className="block max-w-[30rem] font-normal text-muted">
          {t.rich(saidBy(kind, status), {
            by: settled.by ?? t("somebody"),
            why: settled.why,
            time: () => <LocalTime instant={settled.at} />,
          })}
        </span>
      )}
    </>
  );
}

function saidBy(kind: EditionView["kind"], status: EditionView["status"]) {
  if (kind === "return") return "returnedBy";
  return status === "rejected" ? "rejectedBy" : "acceptedBy";
}
