type KeyCapProps = { name: string; isOnButton?: boolean };

/** The key that does it, as it is printed on keyboards. */
export const KeyCap = ({ name, isOnButton = false }: KeyCapProps) => (
  <kbd className={isOnButton ? "border-current bg-transparent text-current" : undefined}>
    {name}
  </kbd>
);
