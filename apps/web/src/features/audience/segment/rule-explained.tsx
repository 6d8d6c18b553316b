import type { ExplainedRule } from "@ringfence/services/audience/segment";
import { Check, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Icon } from "@/components/icon";

/** A rule part by part: which hold of a person, and which do not. */
export const RuleExplained = ({ rule }: { rule: ExplainedRule }) => (
  <ul className="pt-2.5">
    <Part part={rule} />
  </ul>
);

function Part({ part: { is, sentence, holds, of } }: { part: ExplainedRule }) {
  const t = useTranslations("segmentPerson");
  const isGroup = is === "all" || is === "any" || is === "none";
  return (
    <li className="py-1">
      <p className="flex gap-2">
        <Icon
          of={holds ? Check : X}
          className={`mt-0.5 shrink-0 ${holds ? "text-allow" : "text-refuse"}`}
        />
        <span>
          <span className={holds ? "text-allow" : "text-refuse"}>{t(holds ? "yes" : "no")}</span>
          {": "}
          {isGroup ? <b>{t(`joints.${is}`)}</b> : sentence}
        </span>
      </p>
      {of.length > 0 && (
        <ul className="ml-2 border-l border-line pl-4">
          {of.map((part, index) => (
            // Parts have no name but their place.
            // oxlint-disable-next-line react/no-array-index-key
            <Part key={index} part={part} />
          ))}
        </ul>
      )}
    </li>
  );
}
