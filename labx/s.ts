import { input, relu } from 'stridewise'
const net = input(8,8,4)
net.branchOut((x) => x, 'name')
