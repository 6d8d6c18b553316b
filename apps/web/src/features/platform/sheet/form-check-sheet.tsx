"use client";

import type { CheckAnswer } from "@ringfence/core/consents/form-check";
import { useState } from "react";
import { FormChecks } from "@/components/form-check/form-checks";
import { Section } from "@/components/section";
import { results } from "./form-report";
import { words } from "./words";

export function FormCheckSheet() {
  const [answers, setAnswers] = useState<readonly CheckAnswer[]>([]);
  const report = { results, jurisdictions: ["GB", "US-CA", "SG"], answers };
  return (
    <Section title={words.formChecks} aside={words.formChecksNote}>
      <div className="pt-4">
        <FormChecks report={report} onAnswer={(answer) => setAnswers([...answers, answer])} />
      </div>
    </Section>
  );
}
