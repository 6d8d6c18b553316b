import type { Phone } from "@ringfence/core/people/phone";
import { useTranslations } from "next-intl";
import { LocalTime } from "@/components/local-time";
import { PhoneText } from "@/components/phone-text";
import { Verdict } from "@/components/verdict";

type PastVerdictProps = {
  verdict: "allow" | "refuse";
  phone: Phone | null;
  isErased?: boolean;
  /** Number of reasons that refused it. */
  reasons: number;
  at: Date;
  /** Time zones of the called person; null if they are not on record. */
  zone: string | null;
};

/** Shows what was decided about a call, to which number, and when. */
export function PastVerdict({ verdict, phone, isErased, reasons, at, zone }: PastVerdictProps) {
  const t = useTranslations("screening");
  const number = () =>
    phone === null ? t(isErased ? "erased" : "noNumber") : <PhoneText phone={phone} />;
  return (
    <Verdict
      verdict={verdict}
      word={t(verdict)}
      meta={t.rich("decided", {
        time: () => (
          <LocalTime instant={at} precision="evidence" {...(zone !== null && { zone })} />
        ),
      })}
    >
      {t.rich(verdict === "allow" ? "allowed" : "refused", { phone: number, count: reasons })}
    </Verdict>
  );
}
