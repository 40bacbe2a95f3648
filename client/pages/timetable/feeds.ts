// Begins the key of every question about one's calendar feeds.
export const feedsKey = 'feeds';
