"use client";
import type { RegistryEditionId, RegistryId } from "@ringfence/core/ids";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type ReactNode, useId, useState } from "react";
import { Button } from "@/components/buttons";
import { useRefreshed, useTRPC } from "@/trpc/client";
import { Unplug } from "lucide-react";
import type { Message } from "@ringfence/core/platform/message";
import { MessageText } from "@/components/message-text";
import { zodResolver } from "@hookform/resolvers/zod";
import { ReviewEdition } from "@ringfence/core/do-not-call/registry";
import { useForm } from "react-hook-form";
import { Banner } from "@/components/banner";
import { Dialog } from "@/components/dialogs";
import { Field, Textarea } from "@/components/fields";

type Verdict = "accepted" | "rejected";

type ReviewEditionProps = {
  registryId: RegistryId;
  editionId: RegistryEditionId;
  isAcceptable: boolean;
  whyNot: ReactNode;
};

/** Accepts or rejects a held edition, with a reason. */
export function ReviewEditionButtons({ whyNot, isAcceptable, ...edition }: ReviewEditionProps) {
  const t = useTranslations("held");
  const trpc = useTRPC();
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const settle = useMutation(
    trpc.registry.settle.mutationOptions(useClosing(() => setVerdict(null))),
  );
  if (whyNot) return <Button whyNot={whyNot}>{t("decide")}</Button>;
  return (
    <>
      <Button
        size="small"
        whyNot={!isAcceptable && t("cannotAccept")}
        onClick={() => setVerdict("accepted")}
      >
        {t("accept")}
      </Button>
      <Button size="small" onClick={() => setVerdict("rejected")}>
        {t("reject")}
      </Button>
      {verdict && (
        <ReasonDialog
          words={{
            title: t(`${verdict}.title`),
            body: t(`${verdict}.body`),
            confirm: t(`${verdict}.confirm`),
            busy: t(`${verdict}.busy`),
          }}
          saving={settle}
          onReason={(reason) => settle.mutate({ ...edition, verdict, reason })}
          onClose={() => setVerdict(null)}
        />
      )}
    </>
  );
}

type RollBackProps = { registryId: RegistryId; number: number; whyNot: string | undefined };

/** Rolls back to an earlier edition, with a reason. */
export function RollBack({ registryId, number, whyNot }: RollBackProps) {
  const t = useTranslations("rollBack");
  const trpc = useTRPC();
  const [isAsking, setIsAsking] = useState(false);
  const rollBack = useMutation(
    trpc.registry.rollBack.mutationOptions(useClosing(() => setIsAsking(false))),
  );
  return (
    <>
      <Button
        size="small"
        aria-label={t("to", { number })}
        whyNot={whyNot}
        onClick={() => setIsAsking(true)}
      >
        {t("back")}
      </Button>
      {isAsking && (
        <ReasonDialog
          words={{
            title: t("title", { number }),
            body: t("body"),
            confirm: t("confirm"),
            busy: t("busy"),
          }}
          saving={rollBack}
          onReason={(reason) => rollBack.mutate({ registryId, number, reason })}
          onClose={() => setIsAsking(false)}
        />
      )}
    </>
  );
}

type DisconnectButtonProps = {
  registry: { id: RegistryId; name: string };
  /** Says what will happen to calls, shown before the officer decides. */
  consequences: string;
  needsSecond: boolean;
  whyNot: string | undefined;
};

/** Says what will happen, then disconnects a registry or asks a second officer to accept it. */
export function DisconnectButton({
  registry,
  consequences,
  needsSecond,
  whyNot,
}: DisconnectButtonProps) {
  const t = useTranslations("disconnection");
  const trpc = useTRPC();
  const [isAsking, setIsAsking] = useState(false);
  const disconnect = useMutation(
    trpc.registry.disconnect.mutationOptions(useClosing(() => setIsAsking(false))),
  );
  return (
    <>
      <Button icon={Unplug} whyNot={whyNot} onClick={() => setIsAsking(true)}>
        {t("disconnect")}
      </Button>
      {isAsking && (
        <ReasonDialog
          words={{
            title: t("title", { name: registry.name }),
            body: consequences,
            confirm: t(needsSecond ? "ask" : "disconnect"),
            busy: t("busy"),
          }}
          saving={disconnect}
          onReason={(reason) => disconnect.mutate({ registryId: registry.id, reason })}
          onClose={() => setIsAsking(false)}
        />
      )}
    </>
  );
}

type ReviewDisconnectionProps = {
  registryId: RegistryId;
  disconnectionId: string;
  consequences: string;
  /** True if the member made the request: rejecting it is then called withdrawing. */
  isOwn: boolean;
  /** Reason why the member may not accept it; null if they may. */
  acceptFault: Message | null;
  whyNot: string | undefined;
};

/** Accepts or rejects a request to disconnect, or withdraws the member's own, with a reason. */
export function ReviewDisconnection({
  registryId,
  disconnectionId,
  consequences,
  isOwn,
  acceptFault,
  whyNot,
}: ReviewDisconnectionProps) {
  const t = useTranslations("disconnection");
  const trpc = useTRPC();
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const settle = useMutation(
    trpc.registry.settleDisconnection.mutationOptions(useClosing(() => setVerdict(null))),
  );
  return (
    <>
      <Button
        size="small"
        whyNot={whyNot ?? (acceptFault && <MessageText message={acceptFault} />)}
        onClick={() => setVerdict("accepted")}
      >
        {t("accept")}
      </Button>
      <Button size="small" whyNot={whyNot} onClick={() => setVerdict("rejected")}>
        {t(isOwn ? "withdraw" : "reject")}
      </Button>
      {verdict && (
        <ReasonDialog
          words={{
            title: t(`${verdict}.title`),
            body: verdict === "accepted" ? consequences : t("rejected.body"),
            confirm: t(`${verdict}.confirm`),
            busy: t("busy"),
          }}
          saving={settle}
          onReason={(reason) => settle.mutate({ registryId, disconnectionId, verdict, reason })}
          onClose={() => setVerdict(null)}
        />
      )}
    </>
  );
}

type ReconnectButtonProps = { registryId: RegistryId; whyNot: string | undefined };

/** Connects a registry again and starts reading it. */
export function ReconnectButton({ registryId, whyNot }: ReconnectButtonProps) {
  const t = useTranslations("disconnection");
  const trpc = useTRPC();
  const reconnect = useMutation(trpc.registry.reconnect.mutationOptions(useRefreshed()));
  return (
    <Button
      size="small"
      whyNot={whyNot}
      busy={reconnect.isPending && t("reconnecting")}
      onClick={() => reconnect.mutate({ registryId })}
    >
      {t("reconnect")}
    </Button>
  );
}

/** Mutation options that close the dialog after success and refresh the page. The dialog shows an error. */
function useClosing(close: () => void) {
  const { onSuccess } = useRefreshed();
  return {
    onSuccess() {
      close();
      onSuccess();
    },
  };
}

const Reason = ReviewEdition.pick({ reason: true });

type ReasonDialogProps = {
  /** Texts of the dialog: the action and its consequences. */
  words: { title: string; body: string; confirm: string; busy: string };
  saving: { isPending: boolean; error: { message: string } | null; reset: () => void };
  onReason: (reason: string) => void;
  onClose: () => void;
};

/** Asks for the reason of a decision, after showing its consequences. */
function ReasonDialog({ words, saving, onReason, onClose }: ReasonDialogProps) {
  const t = useTranslations("held");
  const dialog = useTranslations("dialog");
  const id = useId();
  const form = useForm({ resolver: zodResolver(Reason), defaultValues: { reason: "" } });
  return (
    <Dialog
      title={words.title}
      onClose={() => {
        saving.reset();
        onClose();
      }}
      actions={
        <>
          <Button onClick={({ currentTarget }) => currentTarget.closest("dialog")?.close()}>
            {dialog("cancel")}
          </Button>
          <Button form={id} type="submit" look="primary" busy={saving.isPending && words.busy}>
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
        {saving.error && <Banner tone="bad" role="alert" title={saving.error.message} />}
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
