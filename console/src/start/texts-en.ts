export const en = {
  title: 'Start',
};
