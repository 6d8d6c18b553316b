"use client";
import { AddSavedView, RenameSavedView, type ViewedList } from "@ringfence/core/desk/saved-view";
import type { SavedViewId } from "@ringfence/core/ids";
import { useMutation } from "@tanstack/react-query";
import { BookmarkPlus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/buttons";
import { ConfirmDialog, EditDialog } from "@/components/dialogs";
import { Checkbox, Field, Input } from "@/components/fields";
import { useRefreshed, useShowDone, useTRPC } from "@/trpc/client";

type SaveViewProps = {
  list: ViewedList;
  filters: Readonly<Record<string, string>>;
  mayShare: boolean;
  whyNot: string | undefined;
};

/** Saves the filters of the list under a name. */
export function SaveView({ list, filters, mayShare, whyNot }: SaveViewProps) {
  const t = useTranslations("savedViews");
  const trpc = useTRPC();
  const add = useMutation(trpc.savedView.add.mutationOptions());
  return (
    <EditDialog
      words={{ open: t("save"), title: t("saveTitle") }}
      icon={BookmarkPlus}
      whyNot={whyNot}
      read={(form) => {
        const isShared = form.get("isShared") === "on";
        return AddSavedView.safeParse({ list, filters, name: form.get("name"), isShared });
      }}
      saving={add}
    >
      <NameField name="" />
      {mayShare && <Checkbox name="isShared" label={t("forAll")} />}
    </EditDialog>
  );
}

function NameField({ name }: { name: string }) {
  const t = useTranslations("savedViews");
  return (
    <Field label={t("name")} hint={t("nameHint")}>
      {(wired) => (
        <Input
          {...wired}
          name="name"
          defaultValue={name}
          maxLength={60}
          required
          autoComplete="off"
        />
      )}
    </Field>
  );
}

type ChangeViewProps = { id: SavedViewId; name: string; isShared: boolean };

/** Renames or deletes a view. */
export function ChangeView({ id, name, isShared }: ChangeViewProps) {
  const t = useTranslations("savedViews");
  const [isAsking, setAsking] = useState(false);
  const showDone = useShowDone();
  const { onError } = useRefreshed();
  const trpc = useTRPC();
  const rename = useMutation(trpc.savedView.rename.mutationOptions());
  const remove = useMutation(
    trpc.savedView.delete.mutationOptions({ onSuccess: () => showDone(t("deleted")), onError }),
  );
  return (
    <span className="flex flex-wrap gap-2">
      <EditDialog
        words={{ open: t("rename"), title: t("renameTitle", { name }) }}
        read={(form) => RenameSavedView.safeParse({ id, name: form.get("name") })}
        saving={rename}
      >
        <NameField name={name} />
      </EditDialog>
      <Button size="small" onClick={() => setAsking(true)}>
        {t("delete")}
      </Button>
      {isAsking && (
        <ConfirmDialog
          title={t("deleteTitle", { name })}
          confirm={t("delete")}
          onConfirm={() => remove.mutate({ id })}
          onClose={() => setAsking(false)}
        >
          {t(isShared ? "deleteShared" : "deleteBody")}
        </ConfirmDialog>
      )}
    </span>
  );
}
