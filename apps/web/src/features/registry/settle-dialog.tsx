"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { SettleEdition } from "@ringfence/core/registry";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { useForm } from "react-hook-form";
import { Banner } from "@/components/banner";
import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { Field } from "@/components/field";
import { Textarea } from "@/components/textarea";

const Reason = SettleEdition.pick({ reason: true });

type SettleDialogProps = {
  verdict: "accepted" | "rejected";
  isSettling: boolean;
  fault: string | undefined;
  onSettle: (reason: string) => void;
  onClose: () => void;
};

/** What follows, and why it is so decided: whoever looks later has to understand it. */
export function SettleDialog({ verdict, isSettling, fault, onSettle, onClose }: SettleDialogProps) {
  const t = useTranslations("held");
  const dialog = useTranslations("dialog");
  const id = useId();
  const form = useForm({ resolver: zodResolver(Reason), defaultValues: { reason: "" } });
  return (
    <Dialog
      title={t(`${verdict}.title`)}
      onClose={onClose}
      actions={
        <>
          <Button onClick={({ currentTarget }) => currentTarget.closest("dialog")?.close()}>
            {dialog("cancel")}
          </Button>
          <Button form={id} type="submit" look="primary" busy={isSettling && t(`${verdict}.busy`)}>
            {t(`${verdict}.confirm`)}
          </Button>
        </>
      }
    >
      <p>{t(`${verdict}.body`)}</p>
      <form
        id={id}
        className="grid gap-3 pt-3 text-ink"
        onSubmit={form.handleSubmit(({ reason }) => onSettle(reason))}
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
