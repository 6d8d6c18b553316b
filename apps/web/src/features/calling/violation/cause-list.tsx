import type { ScreeningOfCall, ViolationView } from "@ringfence/services/calling/violation";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Said } from "@/components/said";

type CauseListProps = Pick<ViolationView, "causes"> & {
  /** Screening by which the call was placed; null if there was none. */
  screening: ScreeningOfCall | null;
};

/** All that was wrong, the gravest first, each with the law behind it and the way to the screening of the call. */
export function CauseList({ causes, screening }: CauseListProps) {
  const t = useTranslations("violations.causes");
  const words = useTranslations("violation");
  return (
    <ul>
      {causes.map(({ cause, message, rule, citation, registry }) => (
        <li
          key={[cause, rule, registry].join(" ")}
          className="grid gap-0.5 border-b border-line py-2.5"
        >
          <h3 className="text-base font-semibold">{t(cause)}</h3>
          <p className="max-w-[46rem] text-pretty">
            <Said message={message} />
          </p>
          {(citation ?? rule) && (
            <p className="text-sm text-muted">{[citation, rule].filter(Boolean).join(" · ")}</p>
          )}
          {screening !== null && (
            <p className="text-sm">
              <Link href={`/screenings/${screening.id}`} prefetch={false}>
                {words("screeningOf")}
              </Link>
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}
