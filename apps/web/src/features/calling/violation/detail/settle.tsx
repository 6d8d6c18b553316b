"use client";
import { MemberId, type ViolationId } from "@ringfence/core/ids";
import { ClosingReason } from "@ringfence/core/calling/violation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/buttons";
import { ChoiceField, Field, Select, Textarea } from "@/components/fields";
import { useMutation } from "@tanstack/react-query";
import { useRefreshed, useShowUndo, useTRPC } from "@/trpc/client";

type SettleViolationProps = {
  violationId: ViolationId;
  ownerId: MemberId | null;
  owners: readonly { id: MemberId; name: string }[];
};

/** As many characters as the API takes. */
const MAX_TEXT = 2_000;

/** Assigns a violation, adds notes to it, and closes it with a reason. */
export function SettleViolation({ violationId, ...whose }: SettleViolationProps) {
  const t = useTranslations("violation");
  const reasons = useTranslations("violation.reasons");
  const { note, close } = useSettling();
  const [text, setText] = useState("");
  const [reason, setReason] = useState<ClosingReason>("mended");
  const [isMissing, setMissing] = useState(false);
  const written = text.trim();
  /** Runs `then` if there is a text; both a note and a closing need one. */
  const withText = (then: () => void) => {
    setMissing(written === "");
    if (written !== "") then();
  };
  return (
    <div className="grid max-w-[32rem] gap-4 pt-3">
      <OwnerField violationId={violationId} {...whose} />
      <Field
        label={t("text")}
        hint={t("textHint")}
        fault={isMissing && written === "" ? t("textMissing") : undefined}
      >
        {(wired) => (
          <Textarea
            {...wired}
            value={text}
            maxLength={MAX_TEXT}
            onChange={({ currentTarget }) => setText(currentTarget.value)}
          />
        )}
      </Field>
      <div>
        <Button
          busy={note.isPending && t("noting")}
          onClick={() =>
            withText(() =>
              note.mutate({ violationId, text: written }, { onSuccess: () => setText("") }),
            )
          }
        >
          {t("note")}
        </Button>
      </div>
      <ChoiceField
        label={t("reason")}
        hint={t(`reasonHints.${reason}`)}
        choices={ClosingReason.options.map((key) => ({ key, name: reasons(key) }))}
        chosen={reason}
        onChoose={setReason}
      />
      <div>
        <Button
          look="primary"
          busy={close.isPending && t("closing")}
          onClick={() => withText(() => close.mutate({ violationId, reason, text: written }))}
        >
          {t("close")}
        </Button>
      </div>
    </div>
  );
}

type OwnerFieldProps = {
  violationId: ViolationId;
  ownerId: MemberId | null;
  owners: readonly { id: MemberId; name: string }[];
};

/** Select for the member who settles a violation. A choice is saved at once. */
function OwnerField({ violationId, ownerId, owners }: OwnerFieldProps) {
  const t = useTranslations("violation");
  const words = useTranslations("assignment");
  const showUndo = useShowUndo();
  const { assign } = useSettling();
  const assignTo = (chosen: MemberId | null) =>
    assign.mutate(
      { violationId, ownerId: chosen },
      {
        onSuccess: () =>
          showUndo(words(chosen ? "assigned" : "unassigned"), () =>
            assign.mutate({ violationId, ownerId }),
          ),
      },
    );
  return (
    <Field label={t("owner")} hint={t("ownerHint")}>
      {(wired) => (
        <Select
          {...wired}
          value={ownerId ?? ""}
          disabled={assign.isPending}
          onChange={({ currentTarget }) =>
            assignTo(MemberId.safeParse(currentTarget.value).data ?? null)
          }
        >
          <option value="">{t("nobody")}</option>
          {owners.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}

/** Mutations of a violation. Each one refreshes the page. */
function useSettling() {
  const trpc = useTRPC();
  const options = useRefreshed();
  return {
    assign: useMutation(trpc.violation.assign.mutationOptions(options)),
    note: useMutation(trpc.violation.note.mutationOptions(options)),
    close: useMutation(trpc.violation.close.mutationOptions(options)),
  };
}
