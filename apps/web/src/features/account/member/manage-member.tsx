"use client";
import type { MemberView } from "@ringfence/services/account/member";
import type { listSellers } from "@ringfence/services/account/seller";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/button";
import { showToast } from "@/components/toast";
import { useTRPC } from "@/trpc/client";
import { useRefreshed } from "@/trpc/use-refreshed";
import { MemberLink, type Position, PositionFields } from "./form-parts";
import { ConfirmDialog } from "@/components/confirm-dialog";

type MemberPositionProps = {
  member: Pick<MemberView, "id" | "role" | "sellerIds">;
  sellers: Awaited<ReturnType<typeof listSellers>>;
  whyNot: string | undefined;
};

/** Changes a member's role or sellers. */
export function MemberPosition({
  member: { id, role, sellerIds },
  sellers,
  whyNot,
}: MemberPositionProps) {
  const t = useTranslations("member");
  const [position, setPosition] = useState<Position>({ role, sellerIds });
  const change = useChange();
  return (
    <form
      className="grid max-w-[46rem] gap-5 pt-4"
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate({
          memberId: id,
          role: position.role,
          sellerIds: [...position.sellerIds],
          before: { role, sellerIds: [...sellerIds] },
        });
      }}
    >
      <PositionFields position={position} onPosition={setPosition} sellers={sellers} />
      <div>
        <Button type="submit" look="primary" busy={change.isPending && t("saving")} whyNot={whyNot}>
          {t("save")}
        </Button>
      </div>
    </form>
  );
}

function useChange() {
  const t = useTranslations("member");
  const trpc = useTRPC();
  const { onSuccess, onError } = useRefreshed();
  return useMutation(
    trpc.member.change.mutationOptions({
      onSuccess() {
        onSuccess();
        showToast({ tone: "done", title: t("saved") });
      },
      onError,
    }),
  );
}

type MemberAccessProps = { member: Pick<MemberView, "id" | "name">; whyNot: string | undefined };

/** Lets an owner make a new password link for a member, or remove the member. */
export function MemberAccess({ member: { id, name }, whyNot }: MemberAccessProps) {
  const t = useTranslations("member");
  const [asking, setAsking] = useState<"renew" | "remove" | null>(null);
  const acts = useActs();
  const words = asking && {
    title: t(`${asking}Title`, { name }),
    body: t(`${asking}Body`),
    confirm: t(asking),
  };
  return (
    <div className="grid gap-3 pt-4">
      <div className="flex flex-wrap items-start gap-2">
        <Button
          whyNot={whyNot}
          busy={acts.renew.isPending && t("renewing")}
          onClick={() => setAsking("renew")}
        >
          {t("renew")}
        </Button>
        <Button
          look="danger"
          whyNot={whyNot}
          busy={acts.remove.isPending && t("removing")}
          onClick={() => setAsking("remove")}
        >
          {t("remove")}
        </Button>
      </div>
      {acts.renew.data && <MemberLink name={name} address={acts.renew.data.address} />}
      {asking && words && (
        <ConfirmDialog
          title={words.title}
          confirm={words.confirm}
          onConfirm={() => acts[asking].mutate({ memberId: id })}
          onClose={() => setAsking(null)}
        >
          {words.body}
        </ConfirmDialog>
      )}
    </div>
  );
}

function useActs() {
  const trpc = useTRPC();
  const options = useRefreshed();
  return {
    renew: useMutation(trpc.member.reset.mutationOptions(options)),
    remove: useMutation(trpc.member.remove.mutationOptions(options)),
  };
}
