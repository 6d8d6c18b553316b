"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { ReviewEdition } from "@ringfence/core/do-not-call/registry";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { useForm } from "react-hook-form";
import { Banner } from "@/components/banner";
import { Button } from "@/components/buttons";
import { Dialog } from "@/components/dialogs";
import { Field, Textarea } from "@/components/fields";

const Reason = ReviewEdition.pick({ reason: true });

type ReasonDialogProps = {
  /** Texts of the dialog: the action and its consequences. */
  words: { title: string; body: string; confirm: string; busy: string };
  isBusy: boolean;
  fault: string | undefined;
  onReason: (reason: string) => void;
  onClose: () => void;
};

/** Asks for the reason of a decision, after showing its consequences. */
export function ReasonDialog({ words, isBusy, fault, onReason, onClose }: ReasonDialogProps) {
  const t = useTranslations("held");
  const dialog = useTranslations("dialog");
  const id = useId();
  const form = useForm({ resolver: zodResolver(Reason), defaultValues: { reason: "" } });
  return (
    <Dialog
      title={words.title}
      onClose={onClose}
      actions={
        <>
          <Button onClick={({ currentTarget }) => currentTarget.closest("dialog")?.close()}>
            {dialog("cancel")}
          </Button>
          <Button form={id} type="submit" look="primary" busy={isBusy && words.busy}>
            {words.confirm}
          </Button>
        </>
      }
    >
      <p>{words.body}</p>
      <form
        id={id}
        className="grid gap-3 pt-3 text-ink"
        onSubmit={form.handleSubmit(({ reason }) => onReason(reason))}
      >
        {fault && <Banner tone="bad" role="alert" title={fault} />}
        <Field
          label={t("why")}
          hint={t("whyHint")}
          fault={form.formState.errors.reason && t("whyMissing")}
        >
          {(wired) => <Textarea {...wired} {...form.register("reason")} maxLength={500} />}
        </Field>
      </form>
    </Dialog>
  );
}
