"use client";

import type { ScrubId } from "@ringfence/core/ids";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/button";
import { Field } from "@/components/field";
import { Input } from "@/components/input";

/** Leads to what was decided about one row of the file. */
export function FindRow({ scrubId, rows }: { scrubId: ScrubId; rows: number }) {
  const t = useTranslations("scrub");
  const router = useRouter();
  const [row, setRow] = useState("");
  const open = (event: FormEvent) => {
    event.preventDefault();
    router.push(`/screenings/${scrubId}.${Number(row)}`);
  };
  return (
    <form onSubmit={open} className="screenonly grid justify-items-start gap-3 pt-3">
      <Field label={t("rowNumber")} hint={t("rowHint")}>
        {(wired) => (
          <Input
            {...wired}
            type="number"
            min={1}
            max={rows}
            required
            value={row}
            onChange={({ currentTarget }) => setRow(currentTarget.value)}
          />
        )}
      </Field>
      <Button type="submit">{t("openRow")}</Button>
    </form>
  );
}
