import type { ViolationView } from "@ringfence/services/violation";
import { useTranslations } from "next-intl";
import { Said } from "@/components/said";

/** All that was wrong, the gravest first, each with the law behind it. */
export function CauseList({ causes }: Pick<ViolationView, "causes">) {
  const t = useTranslations("violations.causes");
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
        </li>
      ))}
    </ul>
  );
}
