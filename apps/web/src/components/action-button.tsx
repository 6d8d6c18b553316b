"use client";
import { useTranslations } from "next-intl";
import { Button } from "@/components/buttons";
import { useShowDone } from "@/trpc/client";

type ActionButtonProps<Data> = {
  saving: {
    mutate: (data: Data, then: { onSuccess: () => void }) => void;
    isPending: boolean;
    error: { message: string } | null;
  };
  data: Data;
  /** Message shown after success. */
  done: string;
  /** Accessible name, needed where a page shows several of these buttons. */
  label?: string;
  /** Reason why the member may not do it. */
  whyNot?: string | undefined;
  children: string;
};

/** Renders a button for one action. The page shows its result. */
export function ActionButton<Data>({
  saving,
  data,
  done,
  label,
  whyNot,
  children,
}: ActionButtonProps<Data>) {
  const t = useTranslations("dialog");
  const showDone = useShowDone();
  return (
    <span className="grid justify-items-start gap-1">
      <Button
        size="small"
        aria-label={label}
        whyNot={whyNot}
        busy={saving.isPending && t("saving")}
        onClick={() => saving.mutate(data, { onSuccess: () => showDone(done) })}
      >
        {children}
      </Button>
      {saving.error && <span role="alert">{saving.error.message}</span>}
    </span>
  );
}
