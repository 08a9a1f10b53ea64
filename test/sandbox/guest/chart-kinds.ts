// Chart configurations for the comparison, as JavaScript source because options may be functions.

const labels = `['一月','二月','三月','四月','五月']`
const one = `[12,19,3,5,8]`
const two = `[7,11,5,18,2]`
const plain = `animation:false,responsive:false,devicePixelRatio:1`

export const CHARTS: Readonly<Record<string, string>> = {
  bar: `{type:'bar',data:{labels:${labels},datasets:[{label:'收入',data:${one},backgroundColor:'#36a2eb'},{label:'Costs €',data:${two},backgroundColor:'rgba(255,99,132,.5)',borderColor:'red',borderWidth:2}]},options:{${plain},plugins:{title:{display:true,text:'每月 GDP 100%'}}}}`,
  'horizontal bar with a tick callback': `{type:'bar',data:{labels:${labels},datasets:[{data:${one},borderRadius:6}]},options:{${plain},indexAxis:'y',scales:{x:{ticks:{callback:(v)=>v+' 亿'}}}}}`,
  line: `{type:'line',data:{labels:${labels},datasets:[{label:'a',data:${one},tension:.4,fill:true,borderDash:[5,3]},{label:'b',data:[3,null,9,NaN,4],spanGaps:true,pointStyle:'triangle'}]},options:{${plain}}}`,
  pie: `{type:'pie',data:{labels:${labels},datasets:[{data:${one}}]},options:{${plain},plugins:{legend:{position:'right'}}}}`,
  doughnut: `{type:'doughnut',data:{labels:${labels},datasets:[{data:${two},borderRadius:4,offset:8}]},options:{${plain},cutout:'60%'}}`,
  scatter: `{type:'scatter',data:{datasets:[{label:'points',data:[{x:1,y:2},{x:3,y:9},{x:7,y:4}],pointRadius:6}]},options:{${plain}}}`,
  bubble: `{type:'bubble',data:{datasets:[{label:'b',data:[{x:1,y:2,r:9},{x:3,y:9,r:20}],backgroundColor:'#0a08'}]},options:{${plain}}}`,
  radar: `{type:'radar',data:{labels:${labels},datasets:[{label:'r',data:${one},fill:true}]},options:{${plain}}}`,
  polarArea: `{type:'polarArea',data:{labels:${labels},datasets:[{data:${two}}]},options:{${plain}}}`,
  'mixed with a logarithmic axis': `{data:{labels:${labels},datasets:[{type:'bar',data:[1,10,100,1000,5]},{type:'line',data:[500,50,5,50,500]}]},options:{${plain},scales:{y:{type:'logarithmic'}}}}`,
  'with a plugin, a gradient and rotated labels': `{type:'bar',data:{labels:Array.from({length:24},(_,i)=>'a long label '+i),datasets:[{data:Array.from({length:24},(_,i)=>i*i%17),backgroundColor:(c)=>{const a=c.chart.chartArea;if(!a)return 'red';const g=c.chart.ctx.createLinearGradient(0,a.bottom,0,a.top);g.addColorStop(0,'navy');g.addColorStop(1,'orange');return g}}]},options:{${plain}},plugins:[{id:'mark',afterDraw(chart){const x=chart.ctx;x.save();x.font='bold 40px serif';x.globalAlpha=.3;x.fillText('水印',100,100);x.restore()}}]}`,
}
