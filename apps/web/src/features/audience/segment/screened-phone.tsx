import type { ScreeningAnswer } from "@ringfence/core/calling/screening";
import { useTranslations } from "next-intl";
import { FenceStrip } from "@/components/fence/fence-strip";

type ScreenedPhoneProps = { number: string | null; answer: ScreeningAnswer };

/** One phone of a person, and the fence of a call to it now. */
export function ScreenedPhone({ number, answer }: ScreenedPhoneProps) {
  const t = useTranslations("segmentPerson");
  return (
    <div className="border-b border-line py-2.5">
      <p className="pb-1.5">
        <b className="whitespace-nowrap">{number}</b>{" "}
        <span className={answer.verdict === "allow" ? "text-allow" : "text-refuse"}>
          {t(answer.verdict)}
        </span>
      </p>
      <FenceStrip answer={answer} />
    </div>
  );
}
