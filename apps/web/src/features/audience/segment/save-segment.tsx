"use client";

import type { SegmentId } from "@ringfence/core/ids";
import type { Rule } from "@ringfence/core/audience/segment";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type SubmitEvent, useState } from "react";
import { Banner } from "@/components/banner";
import { Button } from "@/components/button";
import { Field } from "@/components/field";
import { Input } from "@/components/input";
import { showToast } from "@/components/toast";
import { useTRPC } from "@/trpc/client";

/** A segment as it was opened; a new one has no id yet. */
export type SavedSegment = {
  segment: { id: SegmentId; version: number } | null;
  name: string;
  rule: Rule;
};

type SaveSegmentProps = {
  saved: SavedSegment;
  rule: Rule;
  isChanged: boolean;
  hasFaults: boolean;
  whyNot: string | undefined;
};

/** What it is called, and the button that keeps it. */
export function SaveSegment({ saved, rule, isChanged, hasFaults, whyNot }: SaveSegmentProps) {
  const t = useTranslations("segmentBuilder");
  const router = useRouter();
  const [name, setName] = useState(saved.name);
  const trpc = useTRPC();
  const save = useMutation(
    trpc.segment.save.mutationOptions({
      onSuccess({ id }) {
        showToast({ tone: "done", title: t("saved") });
        if (saved.segment === null) router.push(`/segments/${id}`);
        else router.refresh();
      },
    }),
  );
  const isOther = isChanged || name !== saved.name;
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    save.mutate({ ...(saved.segment && { segment: saved.segment }), name, rule });
  };
  return (
    <form onSubmit={submit} className="grid gap-3">
      <div className="flex flex-wrap items-end gap-3">
        <div className="min-w-60 flex-1 sm:max-w-md">
          <Field label={t("name")}>
            {(wired) => (
              <Input
                {...wired}
                required
                maxLength={80}
                value={name}
                onChange={({ currentTarget }) => setName(currentTarget.value)}
              />
            )}
          </Field>
        </div>
        <Button
          type="submit"
          look="primary"
          busy={save.isPending && t("saving")}
          disabled={!isOther || hasFaults || name.trim() === ""}
          whyNot={whyNot}
        >
          {t("save")}
        </Button>
      </div>
      {save.error && <Banner tone="bad" role="alert" title={save.error.message} />}
    </form>
  );
}
