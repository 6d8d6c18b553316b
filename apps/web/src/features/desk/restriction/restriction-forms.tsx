"use client";
import { LiftingReason, RestrictionGround } from "@ringfence/core/desk/restriction";
import type { ContactId } from "@ringfence/core/ids";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Banner } from "@/components/banner";
import { Button } from "@/components/buttons";
import { ConfirmDialog } from "@/components/dialogs";
import { Checkbox, ChoiceField } from "@/components/fields";
import { useRefreshed, useTRPC } from "@/trpc/client";

type RestrictionFormProps = { contactId: ContactId; whyNot: string | undefined };

/** Restricts the processing of a contact's data. It can be lifted, so it asks for no confirmation. */
export function RestrictContact({ contactId, whyNot }: RestrictionFormProps) {
  const t = useTranslations("restriction");
  const trpc = useTRPC();
  const [ground, setGround] = useState<RestrictionGround>("accuracy_contested");
  const restrict = useMutation(trpc.restriction.restrict.mutationOptions(useRefreshed()));
  const grounds = RestrictionGround.options.map((key) => ({ key, name: t(`grounds.${key}`) }));
  return (
    <>
      {restrict.error && <Banner tone="bad" role="alert" title={restrict.error.message} />}
      <div className="flex flex-wrap items-end gap-3 pt-3">
        <ChoiceField label={t("ground")} choices={grounds} chosen={ground} onChoose={setGround} />
        <Button
          busy={restrict.isPending && t("restricting")}
          whyNot={whyNot}
          onClick={() => restrict.mutate({ contactId, ground })}
        >
          {t("restrict")}
        </Button>
      </div>
    </>
  );
}

/** Lifts the restriction, once the person was told. */
export function LiftRestriction({ contactId, whyNot }: RestrictionFormProps) {
  const t = useTranslations("restriction");
  const trpc = useTRPC();
  const [reason, setReason] = useState<LiftingReason>("accuracy_settled");
  const [isPersonTold, setPersonTold] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const lift = useMutation(trpc.restriction.lift.mutationOptions(useRefreshed()));
  const reasons = LiftingReason.options.map((key) => ({ key, name: t(`reasons.${key}`) }));
  return (
    <>
      {lift.error && <Banner tone="bad" role="alert" title={lift.error.message} />}
      <div className="grid justify-items-start gap-3 pt-3">
        <ChoiceField label={t("reason")} choices={reasons} chosen={reason} onChoose={setReason} />
        <Checkbox
          label={t("told")}
          disabled={whyNot !== undefined}
          checked={isPersonTold}
          onChange={({ currentTarget }) => setPersonTold(currentTarget.checked)}
        />
        <Button
          busy={lift.isPending && t("lifting")}
          whyNot={whyNot ?? (isPersonTold ? undefined : t("toldFirst"))}
          onClick={() => setAsking(true)}
        >
          {t("lift")}
        </Button>
      </div>
      {isAsking && (
        <ConfirmDialog
          title={t("lift")}
          confirm={t("confirm")}
          onConfirm={() => lift.mutate({ contactId, reason, isPersonTold: true })}
          onClose={() => setAsking(false)}
        >
          <p>{t("body")}</p>
        </ConfirmDialog>
      )}
    </>
  );
}
