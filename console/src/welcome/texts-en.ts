export const en = {
  title: 'Welcome',
};
