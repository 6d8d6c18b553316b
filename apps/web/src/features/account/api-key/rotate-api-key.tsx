"use client";

import type { ApiKeyId } from "@ringfence/core/ids";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Banner } from "@/components/banner";
import { Button } from "@/components/buttons";
import { OneTimeSecret } from "@/components/client-buttons";
import { ConfirmDialog, Dialog } from "@/components/dialogs";
import { ChoiceField } from "@/components/fields";
import { useRefreshed, useTRPC } from "@/trpc/client";

const overlapHours = { none: 0, hour: 1, day: 24, threeDays: 72, week: 168 } as const;
const overlaps = ["none", "hour", "day", "threeDays", "week"] as const;
type Overlap = (typeof overlaps)[number];

type KeyActionProps = { apiKeyId: ApiKeyId; name: string; whyNot: string | undefined };

/** Gives a key a new secret, which is shown once. */
export function RotateApiKey({ apiKeyId, name, whyNot }: KeyActionProps) {
  const t = useTranslations("apiKeys");
  const once = useTranslations("newApiKey");
  const dialog = useTranslations("dialog");
  const [isOpen, setOpen] = useState(false);
  const [overlap, setOverlap] = useState<Overlap>("day");
  const router = useRouter();
  const rotate = useMutation(useTRPC().apiKey.rotate.mutationOptions());
  const close = () => {
    if (rotate.isPending) return; // the answer holds the new secret, which cannot be shown again
    setOpen(false);
    rotate.reset();
    router.refresh();
  };
  const start = () => rotate.mutate({ apiKeyId, overlapHours: overlapHours[overlap] });
  const actions = rotate.data ? (
    <Button onClick={close}>{t("close")}</Button>
  ) : (
    <>
      <Button onClick={close}>{dialog("cancel")}</Button>
      <Button look="primary" busy={rotate.isPending && t("rotating")} onClick={start}>
        {t("rotate")}
      </Button>
    </>
  );
  return (
    <>
      <Button
        size="small"
        aria-label={t("rotateOne", { name })}
        whyNot={whyNot}
        onClick={() => setOpen(true)}
      >
        {t("rotate")}
      </Button>
      {isOpen && (
        <Dialog
          // A click beside it must not hide the secret before it was copied.
          isAlert
          title={t("rotateTitle", { name })}
          onClose={close}
          actions={actions}
        >
          {rotate.data ? (
            <OneTimeSecret title={t("rotated")} note={once("once")} secret={rotate.data.key} />
          ) : (
            <div className="grid gap-4 text-ink">
              <p>{t("rotateBody")}</p>
              <ChoiceField
                label={t("overlap")}
                choices={overlaps.map((key) => ({ key, name: t(`overlaps.${key}`) }))}
                chosen={overlap}
                onChoose={setOverlap}
              />
              {rotate.error && <Banner tone="bad" role="alert" title={rotate.error.message} />}
            </div>
          )}
        </Dialog>
      )}
    </>
  );
}

/** Ends the previous secret of a key before its overlap is over. */
export function EndKeyOverlap({ apiKeyId, name, whyNot }: KeyActionProps) {
  const t = useTranslations("apiKeys");
  const [isAsking, setAsking] = useState(false);
  const end = useMutation(useTRPC().apiKey.endOverlap.mutationOptions(useRefreshed()));
  return (
    <>
      <Button
        size="small"
        aria-label={t("endOverlapOne", { name })}
        whyNot={whyNot}
        busy={end.isPending && t("endingOverlap")}
        onClick={() => setAsking(true)}
      >
        {t("endOverlap")}
      </Button>
      {isAsking && (
        <ConfirmDialog
          title={t("endOverlapTitle", { name })}
          confirm={t("endOverlap")}
          onConfirm={() => end.mutate({ apiKeyId })}
          onClose={() => setAsking(false)}
        >
          {t("endOverlapBody")}
        </ConfirmDialog>
      )}
    </>
  );
}
