"use client";

import { faultsOf } from "@ringfence/core/platform/message";
import { Rule } from "@ringfence/core/audience/segment";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Said } from "@/components/said";
import { Textarea } from "@/components/textarea";

/** A rule as text. What is no rule yet is told, and changes nothing. */
export function RuleJson({ rule, onRule }: { rule: Rule; onRule: (rule: Rule) => void }) {
  const t = useTranslations("segmentBuilder");
  const [text, setText] = useState(() => JSON.stringify(rule, null, 2));
  const read = readRule(text);
  const isSame = !("rule" in read) || JSON.stringify(read.rule) === JSON.stringify(rule);
  const shown = isSame ? text : JSON.stringify(rule, null, 2);
  return (
    <div className="grid gap-1.5 pt-3 font-mono text-sm">
      <Textarea
        aria-label={t("json")}
        rows={24}
        spellCheck={false}
        value={shown}
        onChange={({ currentTarget }) => {
          setText(currentTarget.value);
          const next = readRule(currentTarget.value);
          if ("rule" in next) onRule(next.rule);
        }}
      />
      {"faults" in read && (
        <ul role="alert" className="font-sans text-sm font-medium text-refuse">
          {read.faults.length === 0 && <li>{t("noJson")}</li>}
          {read.faults.map(({ path, message }) => (
            <li key={path}>
              <code>{path || "/"}</code> <Said message={message} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function readRule(text: string) {
  try {
    const given: unknown = JSON.parse(text);
    const { data, error } = Rule.safeParse(given);
    return data ? { rule: data } : { faults: faultsOf(error, given) };
  } catch {
    return { faults: [] };
  }
}
