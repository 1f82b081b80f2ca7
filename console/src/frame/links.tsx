/** Links to pages of the console in Mantine's clothes, with the router's knowledge of paths, parameters and search. */
import { Anchor, type AnchorProps, Button, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { ReactNode, Ref } from 'react';

interface AnchorLike {
  ref?: Ref<HTMLAnchorElement>;
  children?: ReactNode;
}

export const TextLink = createLink((props: Omit<AnchorProps, 'href'> & AnchorLike) => <Anchor inherit {...props} />);

export const ButtonLink = createLink((props: Omit<ButtonProps, 'href'> & AnchorLike) => (
  <Button component="a" {...props} />
));
