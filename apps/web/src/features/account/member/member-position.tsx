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
import { type Position, PositionFields } from "./position-fields";

type MemberPositionProps = {
  member: Pick<MemberView, "id" | "role" | "sellerIds">;
  sellers: Awaited<ReturnType<typeof listSellers>>;
  whyNot: string | undefined;
};

/** Another role for a colleague, or other sellers. */
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
