import { contentAncestors } from './content-ancestors.ts';
import { contentChildrenRange } from './content-children-range.ts';
import { contentChildren } from './content-children.ts';
import { contentDescendants } from './content-descendants.ts';
import { contentGet } from './content-get.ts';
import { contentNeighbors } from './content-neighbors.ts';
import { contentNextSiblings } from './content-next-siblings.ts';
import { contentPrevSiblings } from './content-prev-siblings.ts';
import { contentRootTree } from './content-root-tree.ts';
import { contentSearch } from './content-search.ts';
import { contentSiblingsRange } from './content-siblings-range.ts';
import { contentSiblings } from './content-siblings.ts';
import { modelGet } from './model-get.ts';
import { modelList } from './model-list.ts';
import type { Tool } from './tool.ts';

/** The tools of the server `content`, in the order they are listed. */
export const contentTools: readonly Tool[] = [
  contentSearch,
  contentGet,
  contentRootTree,
  contentDescendants,
  contentAncestors,
  contentChildren,
  contentSiblings,
  contentNeighbors,
  contentPrevSiblings,
  contentNextSiblings,
  contentChildrenRange,
  contentSiblingsRange,
  modelList,
  modelGet,
];
