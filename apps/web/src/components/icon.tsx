import type { LucideIcon } from "lucide-react";

type IconProps = { of: LucideIcon; className?: string };

/** Icon beside a word that says the same. Screen readers skip it. */
export const Icon = ({ of: Shape, className }: IconProps) => (
  <Shape aria-hidden size={16} strokeWidth={1.75} className={className} />
);
